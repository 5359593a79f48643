package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
    private static final String BOUND = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            status: {phase: Bound}
            """;
    private static final String LOST = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: logs, namespace: shop}
            status: {phase: Lost}
            """;
    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void cli() {
        cli = new Cli(folder);
    }

    @Test
    void severalDocumentsOfAFileAreAssessed() throws IOException {
        Files.writeString(folder.resolve("objects.yaml"), BOUND + "---\n" + CONFIG_MAP + "---\n" + LOST);

        Cli.Result result = cli.run("health", "-f", "objects.yaml", "-o", "json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().at("/objects")).hasSize(3);
        assertThat(result.json().at("/objects").findValuesAsText("status"))
                .containsExactly("Healthy", "null", "Degraded");
        assertThat(result.json().at("/objects/2/name").textValue()).isEqualTo("logs");
    }

    @Test
    void aListOnStandardInputIsAssessedItemByItem() {
        Cli.Result result = cli.input("""
                        {"apiVersion": "v1", "kind": "List", "items": [
                          {"apiVersion": "v1", "kind": "PersistentVolumeClaim",
                           "metadata": {"name": "data", "namespace": "shop"}, "status": {"phase": "Bound"}}]}
                        """).run("health", "-f", "-");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Healthy").contains("PersistentVolumeClaim shop/data");
    }

    @Test
    void anObjectWithoutHealthCountsAsHealthy() {
        assertThat(cli.input(CONFIG_MAP).run("health", "-f", "-").exitCode()).isZero();
    }

    @Test
    void aFileThatIsNotThereAndOneThatIsNoObjectAreInputErrors() {
        assertThat(cli.run("health", "-f", "nowhere.yaml").err()).contains("there is no file nowhere.yaml");
        Cli.Result noObject = cli.input("a: 1").run("health", "-f", "-");
        assertThat(noObject.exitCode()).isEqualTo(2);
        assertThat(noObject.err()).contains("stdin:1").contains("no kind");
    }
}
