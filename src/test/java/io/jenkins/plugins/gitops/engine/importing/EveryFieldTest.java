package io.jenkins.plugins.gitops.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the import against every field of the specs: the lists under {@code fields/} are the leaves of the schemas of the
 * CustomResourceDefinitions of Argo CD 3.6 and Flux 2.9 ({@code *} stands for the items of a list), each with its type and with
 * what comes of it: mapped, unmapped, note, or several of these; implied is what says nothing that the rest does not say.
 */
class EveryFieldTest {
    record Field(String kind, String path, String type, String outcome) {
        @Override
        public String toString() {
            return kind + " " + path;
        }
    }

    static Stream<Field> fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String kind : ExampleObjects.KINDS) {
            for (String line : text("fields/" + kind + ".tsv").lines().toList()) {
                String[] cells = line.split("\t");
                fields.add(new Field(kind, cells[0], cells[1], cells.length < 3 ? "" : cells[2]));
            }
        }
        return fields.stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void isMappedOrTold(Field field) {
        ExampleObjects example = ExampleObjects.around(field.kind(), field.path());
        Imported without = example.imported(Optional.empty());
        Imported with = example.imported(Optional.of(sample(field)));

        String outcome = outcome(field, without, with);

        assertThat(outcome).as("of %s", field).isEqualTo(field.outcome());
    }

    /** Whatever stands in a field, and in whatever is around it, the import says something and goes on. */
    @ParameterizedTest
    @MethodSource("fields")
    void ofAWrongTypeIsToldAndNoFault(Field field) {
        ExampleObjects example = ExampleObjects.around(field.kind(), field.path());
        String path = field.path();
        for (String wrong : List.of("{a: [{b: c}]}", "[[a], {b: c}, null, 7]", "7.5", "text", "true")) {
            JsonNode value = ExampleObjects.yaml("value: " + wrong).get("value");
            assertThat(example.imported(Optional.of(value)).findings())
                    .as("%s with %s", path, wrong)
                    .allSatisfy(finding -> assertThat(finding.why()).isNotBlank());
            String above = path.substring(0, path.lastIndexOf('/'));
            if (above.indexOf('/', 1) > 0) {
                new ExampleObjects(example.object(), above, example.others()).imported(Optional.of(value));
            }
        }
    }

    private static String outcome(Field field, Imported without, Imported with) {
        List<Finding> told = with.findings().stream()
                .filter(finding -> finding.object().startsWith(field.kind() + " "))
                .filter(finding -> isAround(finding.path(), field.path()))
                .filter(finding -> without.findings().stream()
                        .noneMatch(other -> other.path().equals(finding.path())
                                && other.why().equals(finding.why())))
                .toList();
        assertThat(told).extracting(Finding::why).noneMatch(why -> why.contains("not a field that this import knows"));
        List<String> outcome = new ArrayList<>();
        if (!results(with).equals(results(without))) {
            outcome.add("mapped");
        }
        for (Level level : Level.values()) {
            if (told.stream().anyMatch(finding -> finding.level() == level)) {
                outcome.add(level.name());
            }
        }
        return outcome.isEmpty() ? "implied" : String.join(" ", outcome);
    }

    private static List<Object> results(Imported imported) {
        List<Object> results = new ArrayList<>();
        imported.applications().forEach(application -> {
            results.add(application.document());
            results.add(application.host());
        });
        return results;
    }

    /** Whether the one names the other, or something in or around it. */
    private static boolean isAround(String told, String pointer) {
        String field = Findings.path(pointer.replace("/*", "/0"));
        return field.startsWith(told) || told.startsWith(field);
    }

    private static JsonNode sample(Field field) {
        Map<String, String> samples = ExampleObjects.samples();
        for (String suffix : samples.keySet()) {
            if ((field.kind() + field.path()).endsWith(suffix)) {
                return ExampleObjects.yaml("value: " + samples.get(suffix)).get("value");
            }
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (field.type()) {
            case "boolean" -> json.booleanNode(true);
            case "integer" -> json.numberNode(7);
            case "array" -> json.arrayNode().add("sample");
            case "object", "any" -> json.objectNode().put("sample", "text");
            case "string" -> json.textNode("sample");
            default -> json.textNode(field.type().replaceAll("enum ([^|]*).*", "$1"));
        };
    }

    /** Puts a value at a path, with what is missing on the way. */
    static void put(ObjectNode object, String path, JsonNode value) {
        String[] steps = path.substring(1).split("/");
        JsonNode at = object;
        for (int i = 0; i < steps.length; i++) {
            boolean last = i == steps.length - 1;
            if (at instanceof ArrayNode list) {
                if (list.isEmpty()) {
                    list.addObject();
                }
                at = list.get(0);
                continue;
            }
            ObjectNode mapping = (ObjectNode) at;
            if (last) {
                mapping.set(steps[i], value);
            } else if (!mapping.has(steps[i])) {
                mapping.set(
                        steps[i],
                        steps[i + 1].equals("*")
                                ? JsonNodeFactory.instance.arrayNode()
                                : JsonNodeFactory.instance.objectNode());
            }
            at = mapping.get(steps[i]);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = EveryFieldTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
