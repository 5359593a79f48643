package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.render.sops.TestSops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the real sops encrypted, through the command line. */
@WithCluster
class EncryptedFilesTest {
    private static final String LOGIN = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: login
            stringData:
              password: swordfish
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              url: db://app:swordfish@db
              mode: fast
            """;

    @TempDir
    private Path folder;

    private TestSops sops;
    private TestSops.Key key;
    private Cli cli;

    @BeforeEach
    void encrypt() throws IOException {
        sops = new TestSops(folder);
        key = sops.key();
        Files.writeString(folder.resolve("keys.txt"), key.file());
        sops.encrypted("deploy/login.yaml", LOGIN, key, "encrypted_regex: ^(stringData|url)$");
        Files.writeString(folder.resolve("deploy/.sops.yaml"), "creation_rules: []\n");
        cli = new Cli(folder);
    }

    @Test
    void whatWasEncryptedIsMaskedUnlessItIsAskedFor() {
        Cli.Result masked = cli.run(Cli.application("render", null, "deploy", "--age-key-file", "keys.txt"));

        assertThat(masked.exitCode()).as(masked.err()).isZero();
        assertThat(masked.out()).contains("url: \"(masked)\"", "mode: fast").doesNotContain("swordfish", "sops");
        assertThat(cli.run(Cli.application("render", null, "deploy", "--age-key-file", "keys.txt", "--show-secrets"))
                        .out())
                .contains("c3dvcmRmaXNo", "db://app:swordfish@db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOPS_AGE_KEY", "SOPS_AGE_KEY_FILE", "home"})
    void theKeyIsFoundWhereSopsFindsIt(String place) throws IOException {
        if (place.equals("home")) {
            Files.createDirectories(folder.resolve("home/.config/sops/age"));
            Files.writeString(folder.resolve("home/.config/sops/age/keys.txt"), key.file());
        } else {
            cli.environment(place, place.endsWith("FILE") ? "keys.txt" : key.file());
        }

        assertThat(cli.run(Cli.application("render", null, "deploy")).exitCode())
                .isZero();
    }

    @Test
    void whatIsSyncedIsThenInSyncAndNowhereReadable(TestNamespace namespace) throws IOException {
        Files.writeString(folder.resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop}
                spec: {source: {repository: ./deploy}, destination: {namespace: %s}}
                """.formatted(namespace.name()));
        Cli connected = new Cli(folder, namespace).environment("SOPS_AGE_KEY_FILE", "keys.txt");
        StringBuilder said = new StringBuilder();
        for (String command : List.of("plan", "sync", "diff", "history")) {
            Cli.Result result = connected.run(command, "--app", "gitops.yaml");
            said.append(result.out()).append(result.err());
            assertThat(result.exitCode()).as(command + result.err()).isZero();
        }
        assertThat(namespace.read("secret/login", "{.data.password}")).isEqualTo("c3dvcmRmaXNo");
        namespace.kubectl("patch", "configmap/settings", "--type=merge", "-p", "{\"data\":{\"url\":\"other\"}}");
        said.append(connected.run("diff", "--app", "gitops.yaml", "-o", "json").out());
        said.append(connected.run("diff", "--app", "gitops.yaml").out());

        assertThat(said.toString()).contains("settings", "url").doesNotContain("swordfish", "c3dvcmRmaXNo");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("swordfish", "c3dvcmRmaXNo");
            }
        }
    }

    @Test
    void withoutTheKeyTheFileIsNamed() throws IOException {
        Cli.Result without = cli.run(Cli.application("render", null, "deploy"));
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("login.yaml: is encrypted with SOPS for " + key.recipient(), "no age key");

        Files.writeString(folder.resolve("other.txt"), sops.key().file());
        Cli.Result other = cli.run(Cli.application("render", null, "deploy", "--age-key-file", "other.txt"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains("login.yaml: ", "the given age keys are others")
                .doesNotContain("SECRET");
    }
}
