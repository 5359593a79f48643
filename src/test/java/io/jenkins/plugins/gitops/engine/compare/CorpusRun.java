package io.jenkins.plugins.gitops.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Admin;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs one case of the corpus in a namespace of its own: sync, edit by hand, compare, and sync again. */
final class CorpusRun {
    private final CorpusCase testCase;
    private final TestNamespace namespace;
    private final Path folder;
    private final Admin admin;
    private final Reconciler reconciler;
    private final Application application;

    CorpusRun(CorpusCase testCase, TestNamespace namespace, Path folder, Admin admin, Cluster cluster) {
        this.testCase = testCase;
        this.namespace = namespace;
        this.folder = folder;
        this.admin = admin;
        this.reconciler = new Reconciler(cluster, "test");
        SyncPolicy policy = SyncPolicy.DEFAULT.toBuilder()
                .prune(true)
                .pruneNamespaces(true)
                .pruneCustomResourceDefinitions(true)
                .allowEmpty(true)
                .awaitHealth(false)
                .timeout(Duration.ofSeconds(30))
                .build();
        this.application = new Application(
                UUID.randomUUID(),
                "corpus",
                Source.of("", "", ""),
                new Destination("", namespace.name()),
                policy,
                testCase.ignore());
    }

    void run() throws IOException {
        edit(testCase.before());
        Path manifests = folder.resolve("manifests.yaml");
        Files.writeString(manifests, testCase.git());
        if (!testCase.git().isEmpty()) {
            SyncReport first = sync();
            assertThat(first.result()).as(ReportJson.pretty(first)).isEqualTo(Result.Succeeded);
        }
        edit(testCase.live());
        Files.writeString(manifests, testCase.gitThen());
        DriftReport report = diff();
        String all = ReportJson.pretty(report);
        ObjectNode expected = normal(testCase.expect());
        assertThat(shown(report, expected)).as(all).isEqualTo(expected);
        assertThat(report.objects())
                .as("an object that is out of sync shows what decides it: " + all)
                .allMatch(object ->
                        object.verdict() != Verdict.Drifted || !object.fields().isEmpty());
        SyncReport second = sync();
        DriftReport after = diff();
        for (int look = 1; look < 50 && isPruning(after); look++) {
            after = diff();
        }
        assertThat(after.verdict().name())
                .as("after a sync: " + ReportJson.pretty(second) + ReportJson.pretty(after))
                .isEqualTo(testCase.after());
        if (testCase.after().equals("InSync")) {
            assertThat(after.objects())
                    .as(ReportJson.pretty(after))
                    .extracting(ObjectDrift::ownership)
                    .containsOnly(Ownership.owned);
        }
    }

    private static boolean isPruning(DriftReport report) {
        return report.objects().stream().anyMatch(object -> object.message().contains("it is being deleted"));
    }

    private SyncReport sync() {
        return reconciler.sync(application, tree(), SyncOptions.DEFAULT, SyncListener.SILENT);
    }

    private DriftReport diff() {
        return reconciler.diff(application, tree(), Observations.EMPTY);
    }

    private SourceTree tree() {
        return new SourceTree(folder, "");
    }

    private void edit(JsonNode edits) {
        for (JsonNode edit : edits) {
            String manager = edit.path("manager").asText("mallory");
            if (edit.has("patch")) {
                admin.patch(
                        edit.path("patch").asText(),
                        namespace.name(),
                        edit.path("type").asText("strategic"),
                        edit.path("body"),
                        manager,
                        edit.path("subresource").asText(""));
            } else if (edit.has("delete")) {
                admin.delete(edit.path("delete").asText(), namespace.name());
            } else if (edit.has("apply")) {
                CorpusCase.documents(edit.path("apply").asText())
                        .forEach(manifest -> admin.apply(manifest, namespace.name(), manager));
            } else if (edit.has("create")) {
                CorpusCase.documents(edit.path("create").asText())
                        .forEach(manifest -> admin.create(manifest, namespace.name(), manager));
            } else if (edit.has("kubectlApply")) {
                namespace.kubectlWithInput(edit.path("kubectlApply").asText(), "apply", "-f", "-");
            } else if (edit.has("await")) {
                String object = edit.path("await").asText();
                String pointer = edit.path("pointer").asText();
                namespace.await(
                        object + " has " + pointer,
                        Duration.ofSeconds(30),
                        () -> admin.get(object, namespace.name())
                                .filter(live -> !live.at(pointer).isMissingNode())
                                .isPresent());
            } else {
                throw new IllegalArgumentException("no edit: " + edit);
            }
        }
    }

    /** The report in the form of a case's {@code expect}: every object but those wholly in sync. */
    private static ObjectNode shown(DriftReport report, ObjectNode expected) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (ObjectDrift object : report.objects()) {
            boolean plain = object.verdict() == Verdict.InSync
                    && object.ownership() == Ownership.owned
                    && object.message().isEmpty();
            if (plain) {
                continue;
            }
            String key = object.kind() + " " + object.name();
            ObjectNode entry = shown.putObject(key);
            entry.put("verdict", object.verdict().name());
            if (object.ownership() == Ownership.repair && object.verdict() == Verdict.InSync) {
                entry.put("ownership", "repair");
            }
            if (!object.message().isEmpty() && object.verdict() != Verdict.Extra) {
                // A message is checked for what it must say, by the case's own words.
                String must = expected.path(key).path("message").asText("(no message expected)");
                entry.put("message", object.message().contains(must) ? must : object.message());
            }
            if (!object.fields().isEmpty()) {
                ArrayNode fields = entry.putArray("fields");
                object.fields().forEach(field -> fields.add(shown(field)));
            }
        }
        return sorted(shown);
    }

    private static ObjectNode shown(FieldDrift field) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("path", field.path());
        shown.put("change", field.change().name());
        set(shown, "desired", field.desired());
        set(shown, "live", field.live());
        if (field.masked()) {
            shown.put("masked", true);
        }
        Optional.ofNullable(field.manager()).ifPresent(manager -> shown.put("manager", manager));
        Optional.ofNullable(field.operation()).ifPresent(operation -> shown.put("operation", operation));
        Optional.ofNullable(field.subresource()).ifPresent(subresource -> shown.put("subresource", subresource));
        return shown;
    }

    private static void set(ObjectNode shown, String name, JsonNode value) {
        if (value != null) {
            // The id of the inventory is made of the random name of the namespace.
            shown.set(name, value.asText().startsWith("applyset-") ? shown.textNode("ID") : value);
        }
    }

    private static ObjectNode normal(JsonNode expect) {
        return expect instanceof ObjectNode object ? sorted(object) : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode sorted(ObjectNode objects) {
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        List<String> names = objects.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
        names.forEach(name -> sorted.set(name, objects.get(name)));
        return sorted;
    }
}
