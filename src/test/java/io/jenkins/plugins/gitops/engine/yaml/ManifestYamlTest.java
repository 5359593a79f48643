package io.jenkins.plugins.gitops.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithCluster
class ManifestYamlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] HARD = {
        "",
        " ",
        "yes",
        "No",
        "on",
        "y",
        "n",
        "null",
        "Null",
        "~",
        "true",
        "TRUE",
        "1",
        "1.5",
        "1e3",
        "0x10",
        "0o7",
        "017",
        "12:30:45",
        "2026-01-01",
        ".5",
        "-",
        "- a",
        "a: b",
        "a:",
        ":a",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{a}",
        "[a]",
        "a,b",
        "'a'",
        "\"a\"",
        "a\\b",
        " a",
        "a ",
        "a\n",
        "a\nb",
        "a\nb\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a \nb",
        "a\tb",
        "a\r\nb",
        "line\n  indented\nback",
        "\u0085",
        "\u2028",
        "ünïcödé 🚀",
        "\u0000",
        "\u007f",
        "?",
        "? a",
        "|",
        ">",
        "<<",
        "=",
        ".inf",
        ".nan",
        "http://example.com:80/a",
        "key=value",
        "a/b:c",
        "$(x)",
        "e3",
        "1_000",
        "0b1"
    };

    /** kubectl reads YAML with Go's reader; what it prints as JSON is what it read. */
    @Test
    void kubectlReadsEveryStringBackAsItWas(TestNamespace namespace) throws Exception {
        ObjectNode data = JSON.createObjectNode();
        for (int i = 0; i < HARD.length; i++) {
            data.put("value" + i, HARD[i]);
        }
        ObjectNode manifest = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        manifest.putObject("metadata")
                .put("name", "hard")
                .putObject("annotations")
                .put("yes", "no")
                .put("a b", "1");
        manifest.set("data", data);

        String read = namespace.kubectlWithInput(
                ManifestYaml.write(manifest), "create", "--dry-run=client", "-f", "-", "-o", "json");

        assertThat(JSON.readTree(read).path("data")).isEqualTo(data);
        assertThat(JSON.readTree(read).at("/metadata/annotations").toString())
                .contains("\"yes\":\"no\"", "\"a b\":\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":null,\"b\":true,\"c\":1.25,\"d\":-3}",
                "{\"a\":[[1,2],[3,[4]]]}",
                "{\"a\":[{\"b\":[{\"c\":1,\"d\":2}],\"e\":{\"f\":[]}},{}]}",
                "[{\"a\":{\"b\":\"x\\ny\\n\"}}, [\"x\\ny\"]]"
            })
    void everyShapeIsReadBackAsItWas(String json) throws Exception {
        JsonNode tree = JSON.readTree(json);
        Object read = new org.snakeyaml.engine.v2.api.Load(
                        org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
                .loadFromString(ManifestYaml.write(tree));

        assertThat(JSON.<JsonNode>valueToTree(read)).isEqualTo(tree);
    }

    @Test
    void commonManifestsLookAsPeopleWriteThem() {
        ObjectNode tree = JSON.createObjectNode().put("image", "registry.example.com/shop/web:1.4.0");
        tree.putObject("labels").put("app.kubernetes.io/name", "web");
        tree.putArray("args").add("--port").add("8080");

        assertThat(ManifestYaml.write(tree)).isEqualTo("""
                image: registry.example.com/shop/web:1.4.0
                labels:
                  app.kubernetes.io/name: web
                args:
                - "--port"
                - "8080"
                """);
        assertThat(Map.of("a", ManifestYaml.write(JSON.getNodeFactory().textNode("yes"))))
                .containsValue("\"yes\"\n");
    }
}
