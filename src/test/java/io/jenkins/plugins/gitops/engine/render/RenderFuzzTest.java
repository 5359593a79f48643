package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Well-formed documents of the wrong shape are rendered or refused, whatever stands where. Repeatable: the seeds are fixed. */
class RenderFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES =
            List.of("null", "1", "true", "\"\"", "\"x\"", "[]", "{}", "[1]", "{\"a\": 1}", "[{}]", "1.5");
    private static final String SET = """
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Secret", "data": {"a": "YQ=="}, "stringData": {"b": "c"}, "metadata":
                {"name": "s", "labels": {"a": "b"}, "annotations": {"argocd.argoproj.io/sync-options": "Prune=false"}}},
              {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "c"},
                "spec": {"group": "g", "scope": "Cluster", "names": {"kind": "K"}}},
              {"apiVersion": "g/v1", "kind": "K", "metadata": {"name": "k", "namespace": "n", "uid": "u"}, "status": {}},
              {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "p"}}]}]}
            """;
    private static final String APPLICATION = """
            {"apiVersion": "gitops.jenkins.io/v1", "kind": "Application", "metadata": {"name": "a"}, "spec": {
              "source": {"repository": ".", "include": ["*"]}, "destination": {"namespace": "n"},
              "sync": {"prune": true, "timeout": "1m"}}}
            """;

    @TempDir
    Path folder;

    @Test
    void aSetOfAnyShapeIsRenderedOrRefused() throws IOException {
        Random random = new Random(3);
        Checkout checkout = new Checkout(folder);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            checkout.write("set.json", mutated(SET, random));
            refused += checkout.problems().isEmpty() ? 0 : 1;
        }
        assertThat(refused).isBetween(100, 1_400);
    }

    @Test
    void anApplicationFileOfAnyShapeIsReadOrRefused() throws IOException {
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] text = mutated(APPLICATION, random).getBytes(StandardCharsets.UTF_8);
            try {
                assertThat(new ApplicationFile().read("a.yaml", text, folder).name())
                        .isNotEmpty();
            } catch (InvalidInputException e) {
                assertThat(e.problems()).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1_499);
    }

    private static String mutated(String text, Random random) throws IOException {
        JsonNode root = JSON.readTree(text);
        for (int change = random.nextInt(3); change >= 0; change--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(root, containers);
            JsonNode at = containers.get(random.nextInt(containers.size()));
            JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
            if (at instanceof ArrayNode list && !list.isEmpty()) {
                list.set(random.nextInt(list.size()), value);
            } else if (at instanceof ObjectNode mapping && !mapping.isEmpty()) {
                List<String> names = new ArrayList<>();
                mapping.fieldNames().forEachRemaining(names::add);
                mapping.set(names.get(random.nextInt(names.size())), value);
            }
        }
        return root.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
