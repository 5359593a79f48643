package io.jenkins.plugins.gitops.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the reader and the published schema together. */
class ApplicationSchemaTest {
    private static final PublishedSchema SCHEMA = PublishedSchema.read("application.schema.json");

    @Test
    void theSchemaIsASchemaAndTheExamplesAreValid() {
        assertThat(SCHEMA.problemsOfItself()).isEmpty();
        assertThat(SCHEMA.problems(tree(ApplicationFileTest.SMALLEST))).isEmpty();
        assertThat(SCHEMA.problems(tree(ApplicationFileTest.FULL))).isEmpty();
        assertThat(SCHEMA.problems(tree(ApplicationFileTest.SEVERAL))).isEmpty();
    }

    /** The reader names all fields of a block when it meets an unknown one. */
    @ParameterizedTest(name = "block \"{0}\"")
    @ValueSource(
            strings = {
                "",
                "/metadata",
                "/spec",
                "/spec/source",
                "/spec/destination",
                "/spec/sync",
                "/spec/sync/retry",
                "/spec/sync/retry/backoff",
                "/spec/substitute",
                "/spec/compare",
                "/spec/history",
                "/spec/health"
            })
    void theReaderAndTheSchemaKnowTheSameFields(String block) {
        ObjectNode document = tree(ApplicationFileTest.FULL);
        ((ObjectNode) document.at(block)).put("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", 1);

        List<Problem> problems = ApplicationFileTest.problems(document.toString());

        JsonNode schema = SCHEMA.document().at(block.replace("/", "/properties/"));
        Set<String> fields = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isNotEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.what()).endsWith("is unknown; allowed here: " + String.join(", ", fields)));
        assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
        assertThat(SCHEMA.problems(document)).hasSize(1);
    }

    @Test
    void theFullExampleHasEveryField() {
        ObjectNode full = tree(ApplicationFileTest.FULL);
        // What one source cannot have together.
        ObjectNode several = tree(ApplicationFileTest.SEVERAL);
        ((ObjectNode) full.at("/spec")).set("sources", several.at("/spec/sources"));
        ((ObjectNode) full.at("/spec/source")).put("chart", "web");
        ((ObjectNode) full.at("/spec/source/helm")).put("values", "a: 1");
        assertAllThere(SCHEMA.document(), full);
    }

    private static void assertAllThere(JsonNode schema, JsonNode document) {
        schema.path("properties").properties().forEach(field -> {
            assertThat(document.has(field.getKey())).as(field.getKey()).isTrue();
            assertThat(field.getValue().has("description") || field.getValue().has("const"))
                    .isTrue();
            assertAllThere(field.getValue(), document.path(field.getKey()));
        });
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /apiVersion                 | "gitops.jenkins.io/v2"
            /kind                       | "Deployment"
            /metadata                   | null
            /metadata/name              | ""
            /metadata/name              | "Shop"
            /metadata/name              | 12
            /metadata/uid               | "12"
            /spec                       | []
            /spec/sync                  | null
            /spec/source/repository     | ""
            /spec/source/recurse        | "true"
            /spec/source/include        | "*.yaml"
            /spec/source/include        | [1]
            /spec/source/exclude        | [""]
            /spec/source/renderer       | "jsonnet"
            /spec/source/kustomize      | []
            /spec/source/kustomize/images | [1]
            /spec/source/kustomize/images | [{newName: a}]
            /spec/source/kustomize/commonLabels | {a: 1}
            /spec/source/kustomize/replicas | [{name: web}]
            /spec/source/kustomize/replicas | [{name: web, count: -1}]
            /spec/source/kustomize/patches/0/target | {nme: a}
            /spec/source/helm/valueFiles | values.yaml
            /spec/source/helm/valuesObject | "a: 1"
            /spec/source/helm/parameters | [{value: a}]
            /spec/source/helm/skipTests | "yes"
            /spec/destination/namespace | "a.b"
            /spec/destination/namespace | null
            /spec/sync/prune            | 1
            /spec/sync/wait             | null
            /spec/sync/timeout          | 600
            /spec/sync/timeout          | "10 minutes"
            /spec/sync/timeout          | "-5m"
            /spec/sync/options          | "PruneLast=true"
            /spec/sync/lock             | "yes"
            /spec/compare/severity      | [{kind: A}]
            /spec/compare/severity      | [{severity: high}]
            /spec/compare/severity      | [{severity: info, fields: spec.replicas}]
            /spec/history               | 5
            /spec/history/attempts      | 0
            /spec/history/age           | "30d"
            /spec/dependsOn             | "database"
            /spec/dependsOn             | [{name: database}]
            /spec/sync/drift            | "ignore"
            /spec/sync/onFight          | "fight"
            /spec/sync/windows          | {}
            /spec/sync/windows          | ["deny"]
            /spec/sync/windows          | [{schedule: "@daily", duration: 1h}]
            /spec/sync/windows          | [{kind: both, schedule: "@daily", duration: 1h}]
            /spec/sync/windows          | [{kind: deny, duration: 1h}]
            /spec/sync/windows          | [{kind: deny, schedule: "@daily"}]
            /spec/sync/windows          | [{kind: deny, schedule: "@daily", duration: 1 hour}]
            /spec/sync/windows          | [{kind: deny, schedule: "@daily", duration: 1h, zone: UTC}]
            /spec/sync/windows          | [{kind: deny, schedule: "@daily", duration: 1h, applications: shop}]
            /spec/sync/retry            | 5
            /spec/sync/retry/limit      | "5"
            /spec/sync/retry/limit      | -1
            /spec/sync/retry/limit      | 1.5
            /spec/sync/retry/backoff/duration    | 5
            /spec/sync/retry/backoff/factor      | 0
            /spec/sync/retry/backoff/maxDuration | "long"
            /spec/substitute            | []
            /spec/substitute/values     | {a: 1}
            /spec/substitute/values     | {"a-b": "1"}
            /spec/substitute/from       | [{"name": "a"}]
            /spec/substitute/from       | [{"kind": "Pod", "name": "a"}]
            /spec/health                | []
            /spec/health/addresses      | "no"
            /spec/health/rules          | {}
            /spec/health/rules          | ["Widget"]
            /spec/health/rules          | [{}]
            /spec/health/rules          | [{"kind": "Widget", "current": "true"}]
            /spec/health/rules          | [{"kind": "Widget", "lua": "return {}", "current": "true"}]
            /spec/health/rules          | [{"kind": "Widget", "lua": 1}]
            """)
    void whatIsWrongIsWrongForBoth(String pointer, String value) {
        ObjectNode document = tree(ApplicationFileTest.FULL);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash)))
                .set(pointer.substring(slash + 1), tree("{v: " + value + "}").get("v"));

        assertThat(SCHEMA.problems(document)).isNotEmpty();
        assertThat(ApplicationFileTest.problems(document.toString())).isNotEmpty();
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(
            strings = {
                "/apiVersion",
                "/kind",
                "/metadata",
                "/metadata/name",
                "/spec",
                "/spec/source",
                "/spec/source/repository",
                "/spec/destination",
                "/spec/destination/namespace",
            })
    void whatIsRequiredIsRequiredByBoth(String pointer) {
        ObjectNode document = tree(ApplicationFileTest.FULL);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));

        assertThat(SCHEMA.problems(document)).isNotEmpty();
        assertThat(ApplicationFileTest.problems(document.toString())).isNotEmpty();
    }

    private static ObjectNode tree(String yaml) {
        return new YamlReader()
                .read("f.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .get(0)
                .content();
    }
}
