package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.render.sops.TestSops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the real sops encrypted, through the command line. */
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
