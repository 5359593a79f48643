package io.jenkins.plugins.gitops.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReportSchemaTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObservedBetween NEVER_SEEN = new ObservedBetween(null, TIME);

    static final DriftReport DRIFT = new DriftReport(
            1,
            "shop",
            "",
            TIME,
            ApplicationVerdict.OutOfSync,
            List.of(
                    drift(
                            Verdict.Drifted,
                            ObjectDrift.Ownership.owned,
                            null,
                            new FieldDrift(
                                    "spec.replicas",
                                    "/spec/replicas",
                                    FieldDrift.Change.changed,
                                    JSON.valueToTree(2),
                                    JSON.valueToTree(5),
                                    false,
                                    "kubectl",
                                    "Update",
                                    "scale",
                                    TIME,
                                    null),
                            new FieldDrift(
                                    "data.key",
                                    "/data/key",
                                    FieldDrift.Change.missing,
                                    null,
                                    null,
                                    true,
                                    null,
                                    null,
                                    null,
                                    null,
                                    new ObservedBetween(TIME, TIME))),
                    drift(Verdict.Missing, ObjectDrift.Ownership.none, NEVER_SEEN)),
            List.of("a warning"));

    static final SyncReport SYNC = new SyncReport(
            1,
            "shop",
            "abc",
            TIME,
            12,
            false,
            SyncReport.Result.Failed,
            null,
            "because",
            List.of(sync(ObjectSync.Action.configured, HealthStatus.Degraded), sync(ObjectSync.Action.failed, null)),
            List.of());

    static final PlanReport PLAN = new PlanReport(
            1,
            "shop",
            "abc",
            List.of(new PlanReport.Task("Sync", -1, PlanReport.Action.prune, "", "ConfigMap", "shop", "x", "", false)),
            List.of(),
            new PlanReport.Basis(
                    "d",
                    "uid",
                    "c",
                    "s",
                    List.of("prune"),
                    "r",
                    "i",
                    List.of(
                            new PlanReport.Live("ConfigMap shop/x", "17"),
                            new PlanReport.Live("ConfigMap shop/y", null))));

    static final TreeReport TREE = new TreeReport(
            1,
            "shop",
            "",
            HealthStatus.Progressing,
            List.of(new TreeNode(
                    "apps",
                    "Deployment",
                    "shop",
                    "web",
                    HealthStatus.Progressing,
                    "0 of 1 pods available",
                    new TreeNode.Reason("", "Pod", "shop", "web-1", "container app: CrashLoopBackOff"),
                    List.of(new TreeNode("", "Pod", "shop", "web-1", HealthStatus.Degraded, "x", null, List.of())))),
            List.of("events cannot be listed"));

    static final HealthReport HEALTH = new HealthReport(
            1,
            List.of(
                    new HealthReport.ObjectHealth("", "ConfigMap", "shop", "x", null, ""),
                    new HealthReport.ObjectHealth("apps", "Deployment", "shop", "x", HealthStatus.Healthy, "fine")));

    static final WindowsReport WINDOWS = new WindowsReport(
            1,
            "shop",
            TIME,
            "shop may not be synced now",
            TIME,
            null,
            List.of(
                    new WindowsReport.Window(
                            SyncWindow.Kind.deny, "0 8 * * *", "9h", "Europe/Berlin", true, true, TIME, TIME),
                    new WindowsReport.Window(
                            SyncWindow.Kind.allow, "0 8 * * *", "9h", "UTC", false, false, null, null)));
    static final ImportReport IMPORT = new ImportReport(
            1,
            List.of(new ImportReport.ImportedFile(
                    "shop",
                    "Application argocd/shop",
                    "a.yaml:1",
                    null,
                    JSON.createObjectNode(),
                    new ImportReport.HostSettings(true, true, false, null))),
            List.of(new ImportReport.Finding(
                    ImportReport.Level.note, null, "Application argocd/shop", "a.yaml:7", "spec.project", "why", "")));

    private static ObjectDrift drift(
            Verdict verdict, ObjectDrift.Ownership ownership, ObservedBetween observed, FieldDrift... fields) {
        return new ObjectDrift(
                "apps", "Deployment", "shop", "x", verdict, "", "a.yaml:1", ownership, observed, "", List.of(fields));
    }

    private static ObjectSync sync(ObjectSync.Action action, HealthStatus health) {
        return new ObjectSync(
                "", "ConfigMap", "shop", "x", action, "", "a.yaml:1", "Sync", 0, false, 3, "", health, "");
    }

    static Stream<Arguments> reports() {
        return Stream.of(
                Arguments.of("drift-report", DRIFT),
                Arguments.of("sync-report", SYNC),
                Arguments.of("plan-report", PLAN),
                Arguments.of("health-report", HEALTH),
                Arguments.of("tree-report", TREE),
                Arguments.of("windows-report", WINDOWS),
                Arguments.of("import-report", IMPORT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void aReportIsValidByItsPublishedSchema(String name, Object report) throws IOException {
        PublishedSchema schema = schema(name);

        assertThat(schema.problemsOfItself()).isEmpty();
        assertThat(schema.problems(JSON.readTree(ReportJson.compact(report)))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void everyEnumerationIsClosed(String name, Object report) throws IOException {
        JsonNode document = JSON.readTree(ReportJson.compact(report));
        List<String> enumerations = new ArrayList<>();
        enumerations(report.getClass(), "", enumerations);

        assertThat(enumerations).isNotEmpty();
        for (String pointer : enumerations) {
            JsonNode wrong = document.deepCopy();
            int slash = pointer.lastIndexOf('/');
            ((ObjectNode) wrong.at(pointer.substring(0, slash)))
                    .set(pointer.substring(slash + 1), TextNode.valueOf("Nonsense"));

            assertThat(schema(name).problems(wrong)).as(pointer).isNotEmpty();
        }
    }

    /** The pointers of all enumerations, taken in the first item of each list. */
    private static void enumerations(Class<?> type, String pointer, List<String> found) {
        for (RecordComponent component : type.getRecordComponents()) {
            String below = pointer + "/" + component.getName();
            if (component.getType().isEnum()) {
                found.add(below);
            } else if (item(component).isRecord()
                    && List.class.equals(component.getType())
                    && !item(component).equals(type)) {
                enumerations(item(component), below + "/0", found);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void theSchemaHasEveryFieldOfTheRecordAndNoOther(String name, Object report) {
        JsonNode schema = schema(name).document();
        compare(report.getClass(), schema, schema);
    }

    private static void compare(Class<?> record, JsonNode schema, JsonNode root) {
        List<String> fields = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(names(schema.path("properties")))
                .as(record.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(fields);
        assertThat(texts(schema.path("required")))
                .as(record.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(fields);
        for (RecordComponent component : record.getRecordComponents()) {
            JsonNode field = resolve(schema.path("properties").path(component.getName()), root);
            assertThat(field.path("description").asText())
                    .as(component.toString())
                    .isNotEmpty();
            Class<?> type = item(component);
            if (type.isRecord() && !type.equals(record)) {
                compare(
                        type,
                        component.getType().equals(List.class) ? resolve(field.path("items"), root) : field,
                        root);
            } else if (type.isEnum()) {
                assertThat(texts(field.path("enum")))
                        .as(component.toString())
                        .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                                .map(Object::toString)
                                .toList());
            }
        }
    }

    @Test
    void aMissingFieldAndAWrongTypeAreFound() throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(ReportJson.compact(DRIFT));

        assertThat(schema("drift-report").problems(document.deepCopy().without("revision")))
                .hasSize(1);
        assertThat(schema("drift-report").problems(document.deepCopy().putNull("verdict")))
                .isNotEmpty();
        assertThat(schema("drift-report").problems(document.deepCopy().put("time", "yesterday")))
                .isNotEmpty();
        assertThat(schema("drift-report").problems(document.deepCopy().put("schemaVersion", 2)))
                .isNotEmpty();
    }

    private static Class<?> item(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : component.getType();
    }

    private static JsonNode resolve(JsonNode schema, JsonNode root) {
        return schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static List<String> names(JsonNode mapping) {
        List<String> names = new ArrayList<>();
        mapping.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        });
        return texts;
    }

    private static PublishedSchema schema(String name) {
        return PublishedSchema.read(name + ".schema.json");
    }
}
