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
    void objectsNeedNoNameAndItemsOfATypedListNoKind() {
        Cli.Result result = cli.input("""
                        {"apiVersion": "v1", "kind": "PodList", "items": [{"status": {"phase": "Failed"}}, {"spec": {}}]}
                        """).run("health", "-f", "-", "-o", "json");

        assertThat(result.json().at("/objects").findValuesAsText("kind")).containsExactly("Pod", "Pod");
        assertThat(result.json().at("/objects").findValuesAsText("status")).containsExactly("Degraded", "Progressing");
    }

    @Test
    void aRuleFileComesBeforeWhatIsBuiltIn() throws IOException {
        Files.writeString(folder.resolve("argocd-cm.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm}
                data:
                  resource.customizations.health.PersistentVolumeClaim: |
                    hs = {}
                    hs.status = "Healthy"
                    hs.message = "phase " .. obj.status.phase
                    return hs
                """);
        Cli.Result result = cli.input(LOST).run("health", "-f", "-", "--rules", "argocd-cm.yaml", "-o", "json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().at("/objects/0/message").textValue()).isEqualTo("phase Lost");
    }

    @Test
    void aLongTextIsReadInPartsAndInItsOrder() {
        String document = "---\n" + CONFIG_MAP + "data:\n  text: \"" + "x".repeat(1_000) + "\"\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append(document.replace("settings", "settings-" + i));
        }
        Cli.Result result = cli.input(text.toString()).run("health", "-f", "-", "-o", "json");

        assertThat(result.json().at("/objects")).hasSize(2_000);
        assertThat(result.json().at("/objects/0/name").textValue()).isEqualTo("settings-0");
        assertThat(result.json().at("/objects/1999/name").textValue()).isEqualTo("settings-1999");

        Cli.Result wrong = cli.input(text + "---\nkind: Pod\n").run("health", "-f", "-");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("stdin:12002:1: is no Kubernetes object: it has no apiVersion");
    }

    @Test
    void everyDocumentThatIsNoObjectIsNamed() {
        Cli.Result result = cli.input(BOUND + "---\nkind: Pod\n---\napiVersion: v1\nkind: List\nitems: [3]\n")
                .run("health", "-f", "-");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("stdin:6:1: is no Kubernetes object: it has no apiVersion")
                .contains("stdin:10:9: is no object");
    }

    @Test
    void aFileThatIsNotThereAndOneThatIsNoObjectAreInputErrors() {
        assertThat(cli.run("health", "-f", "nowhere.yaml").err()).contains("there is no file nowhere.yaml");
        Cli.Result noObject = cli.input("a: 1").run("health", "-f", "-");
        assertThat(noObject.exitCode()).isEqualTo(2);
        assertThat(noObject.err()).contains("stdin:1").contains("no kind");
    }
}
