package io.jenkins.plugins.gitops.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignKubeconfigTest {
    private static String kubeconfig(String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters:
                - {name: it, cluster: {server: "https://cluster.example:6443"%s}}
                users:
                - {name: me, user: {%s}}
                contexts:
                - {name: it, context: {cluster: it, user: me}}
                """.formatted(cluster.isEmpty() ? "" : ", " + cluster, user);
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource({
        "certificate-authority: /etc/ca.pem, token: abc, certificate-authority",
        "'', client-certificate: /etc/me.pem, client-certificate",
        "'', client-key: /etc/me.key, client-key",
        "'', tokenFile: /var/secret, tokenFile"
    })
    void aKubeconfigThatNamesFilesOfThisMachineIsRefused(String cluster, String user, String field) {
        assertThatThrownBy(() -> ForeignKubeconfig.parse(kubeconfig(cluster, user), "kubeconfig", true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(field)
                .hasMessageContaining("--flatten");
    }

    @Test
    void aProgramIsRefusedAndNotRunUnlessAllowed(@TempDir Path folder) {
        Path marker = folder.resolve("ran");
        String text = kubeconfig(
                "",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [\"" + marker
                        + "\"], interactiveMode: Never}");
        assertThatThrownBy(() -> ForeignKubeconfig.parse(text, "kubeconfig", false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exec");
        assertThat(marker).doesNotExist();
    }

    @Test
    void whatIsEmbeddedIsTaken() {
        var config = ForeignKubeconfig.parse(kubeconfig("certificate-authority-data: Y2E=", "token: abc"), "it", false);
        assertThat(config.getMasterUrl()).startsWith("https://cluster.example:6443");
        assertThat(config.getCaCertData()).isEqualTo("Y2E=");
        assertThat(config.getOauthToken()).isEqualTo("abc");
    }

    @Test
    void theEnvironmentDoesNotChangeIt() {
        System.setProperty("kubernetes.auth.token", "of-this-machine");
        System.setProperty("kubernetes.master", "https://elsewhere.example");
        try {
            var config = ForeignKubeconfig.parse(kubeconfig("", "username: me, password: abc"), "it", false);
            assertThat(config.getOauthToken()).isNull();
            assertThat(config.getMasterUrl()).startsWith("https://cluster.example:6443");
        } finally {
            System.clearProperty("kubernetes.auth.token");
            System.clearProperty("kubernetes.master");
        }
    }

    @Test
    void aFieldThatWouldBeLeftOutIsRefused() {
        assertThatThrownBy(
                        () -> ForeignKubeconfig.parse(kubeconfig("proxy-url: \"http://p\"", "token: abc"), "it", true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("proxy-url");
    }
}
