package io.jenkins.plugins.gitops.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kubeconfigs are read, and how several become one: as kubectl does it. */
class KubeconfigTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAnythingNamedTheOneOfTheHomeFolderIsTaken() throws IOException {
        Files.createDirectories(folder.resolve(".kube"));
        write(".kube/config", "home", "https://home");

        assertThat(read(null, Map.of("HOME", folder.toString())).getMasterUrl()).startsWith("https://home");
    }

    @Test
    void severalOfTheVariableAreOneAndTheFirstWins() throws IOException {
        Path first = write("first", "one", "https://one");
        Path second = write("second", "two", "https://two");
        Path again = write("again", "one", "https://never");

        Map<String, String> environment = kubeconfigs(first, second, again);
        assertThat(read(null, environment).getMasterUrl()).startsWith("https://one");
        assertThat(read("two", environment).getMasterUrl()).startsWith("https://two");
    }

    @Test
    void aFileOfTheVariableThatIsNotThereIsLeftOut() throws IOException {
        Path second = write("second", "two", "https://two");

        assertThat(read(null, kubeconfigs(folder.resolve("absent"), second)).getMasterUrl())
                .startsWith("https://two");
    }

    @Test
    void whenNoneIsThereTheErrorNamesTheFirst() {
        assertThatThrownBy(() -> read(null, kubeconfigs(folder.resolve("absent"), folder.resolve("gone"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve("absent").toString())
                .hasMessageContaining("no such kubeconfig");
    }

    @Test
    void aRelativeFileIsBesideTheKubeconfigThatNamesIt() throws IOException {
        Files.createDirectories(folder.resolve("team"));
        Files.writeString(folder.resolve("team/ca.crt"), "certificate");
        Path first = write("first", "one", "https://one");
        Path second = write("team/second", "two", "https://two, certificate-authority: ca.crt");

        assertThat(read("two", kubeconfigs(first, second)).getCaCertFile())
                .isEqualTo(folder.resolve("team/ca.crt").toString());
    }

    @Test
    void anUnknownContextNamesAllThatThereAre() throws IOException {
        Map<String, String> environment =
                kubeconfigs(write("first", "one", "https://one"), write("second", "two", "https://two"));

        assertThatThrownBy(() -> read("three", environment))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no context three; there are [one, two]");
    }

    private static Config read(String context, Map<String, String> environment) {
        return Kubeconfig.read(new ClusterConfig(null, context, false, 1), environment);
    }

    private static Map<String, String> kubeconfigs(Path... files) {
        return Map.of(
                "KUBECONFIG",
                String.join(
                        File.pathSeparator, Stream.of(files).map(Path::toString).toList()));
    }

    private Path write(String name, String context, String cluster) throws IOException {
        return Files.writeString(folder.resolve(name), """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
                clusters: [{name: %1$s, cluster: {server: %2$s}}]
                users: [{name: %1$s, user: {token: abc}}]
                """.formatted(context, cluster));
    }
}
