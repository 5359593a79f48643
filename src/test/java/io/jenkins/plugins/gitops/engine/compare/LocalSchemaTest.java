package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.gitops.engine.Scenario;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An instance of a CustomResourceDefinition of the same set is held against its schema before anything is written. */
@WithCluster
class LocalSchemaTest {
    private static final String SCHEMA = """
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [size, colour]
                properties:
                  size: {type: integer}
                  colour: {type: string, enum: [red, blue], default: red}
                  ratio: {type: number}
                  on: {type: boolean}
                  port: {x-kubernetes-int-or-string: true}
                  labels: {type: object, additionalProperties: {type: string}}
                  free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  anything: {x-kubernetes-preserve-unknown-fields: true}
                  template: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}
                  parts: {type: array, items: {type: object, required: [name], properties: {name: {type: string}}}}
              status: {type: object, properties: {phase: {type: string}}}
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "size: 3                                |",
                "size: 3.0                              |",
                "size: '3'                              | spec.size: must be an integer",
                "size: 3.5                              | spec.size: must be an integer",
                "colour: red                            | spec.size: is required",
                "size: 3, colour: green                 | spec.colour: must be one of red, blue",
                "size: 3, colour: 5                     | spec.colour: must be a string",
                "size: 3, colour: null                  |",
                "size: 3, ratio: 2                      |",
                "size: 3, ratio: fast                   | spec.ratio: must be a number",
                "size: 3, on: 'yes'                     | spec.on: must be true or false",
                "size: 3, port: http                    |",
                "size: 3, port: 80                      |",
                "size: 3, port: true                    | spec.port: must be an integer or a string",
                "size: 3, labels: {a: b}                |",
                "size: 3, labels: {a: 1}                | spec.labels.a: must be a string",
                "size: 3, labels: [a]                   | spec.labels: must be an object",
                "size: 3, free: {a: {b: 1}}             |",
                "size: 3, anything: [1, {a: b}]         |",
                "size: 3, template: {kind: X}           |",
                "size: 3, template: {kind: X, y: 1}     | spec.template.y: the schema has no such field",
                "size: 3, parts: [{name: a}, {}]        | spec.parts[1].name: is required",
                "size: 3, parts: {name: a}              | spec.parts: must be a list",
                "size: 3, sise: 4                       | spec.sise: the schema has no such field"
            })
    void whatTheSchemaAloneTells(String spec, String problem) throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        StructuralSchema schema = new StructuralSchema(yaml.readTree(SCHEMA), true);

        assertThat(schema.problems(yaml.readTree(
                        "{apiVersion: v1, kind: X, metadata: {name: x}, spec: {" + spec + "}, status: {x: 1}}")))
                .as("with a status, which is not judged")
                .hasSize(problem == null ? 0 : 1)
                .allSatisfy(found -> assertThat(found).startsWith(problem));
    }

    @Test
    void aWrongInstanceStopsTheSyncBeforeItsDefinitionIsWritten(TestNamespace namespace, @TempDir Path folder) {
        String crd = "gadgets." + namespace.name() + ".example.com";
        try (Scenario shop = new Scenario(namespace, folder)) {
            shop.file("crd.yaml", definition(namespace.name())).file("settings.yaml", """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: settings}
                    """);
            shop.file("gadget.yaml", "\n" + gadget(namespace.name(), "{size: big, colour: red}"));

            SyncReport wrong = shop.sync();

            assertThat(wrong.result()).isEqualTo(Result.Failed);
            assertThat(wrong.message())
                    .contains("spec.size: must be an integer")
                    .contains("gadget.yaml:2");
            assertThat(wrong.objects()).noneMatch(object -> object.action() == Action.created);
            assertThat(namespace.exists("customresourcedefinition/" + crd)).isFalse();
            assertThat(namespace.exists("configmap/settings")).isFalse();

            shop.file("gadget.yaml", gadget(namespace.name(), "{size: 3}"));
            SyncReport right = shop.sync();

            assertThat(right.result()).as(right.message()).isEqualTo(Result.Succeeded);
            assertThat(namespace.read(crd + "/one", "{.spec.colour}"))
                    .as("the default of a required field")
                    .isEqualTo("red");
        } finally {
            namespace.kubectl("delete", "customresourcedefinition", crd, "--ignore-not-found", "--wait=false");
        }
    }

    private static String gadget(String prefix, String spec) {
        return """
                apiVersion: %s.example.com/v1
                kind: Gadget
                metadata: {name: one}
                spec: %s
                """.formatted(prefix, spec);
    }

    private static String definition(String prefix) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gadgets.%1$s.example.com}
                spec:
                  group: %1$s.example.com
                  scope: Namespaced
                  names: {kind: Gadget, plural: gadgets, singular: gadget}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                %2$s
                """.formatted(prefix, SCHEMA.indent(8).stripTrailing());
    }
}
