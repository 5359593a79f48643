package io.jenkins.plugins.gitops.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Outcomes as a node sends them. */
final class Outcomes {
    static final String REVISION = "4f2c9a7be01d3865a9c47f10e2b85d6c3a90f71e";
    private static final String FIELDS = "d41d8cd9";

    private Outcomes() {}

    static ReconcileOutcome of(DriftReport drift) {
        return new ReconcileOutcome(ReportJson.compact(drift), null, null, null, null, null, null, false, null, 0);
    }

    static ReconcileOutcome of(SyncReport sync) {
        return new ReconcileOutcome(null, null, ReportJson.compact(sync), null, null, null, null, false, null, 0);
    }

    static ReconcileOutcome of(PlanReport plan) {
        return new ReconcileOutcome(null, ReportJson.compact(plan), null, null, null, null, null, false, null, 0);
    }

    static ReconcileOutcome ofManifests(String yaml) {
        return new ReconcileOutcome(null, null, null, null, yaml, null, null, false, null, 0);
    }

    static ReconcileOutcome ofError(String error) {
        return new ReconcileOutcome(null, null, null, null, null, null, null, false, error, 3);
    }

    static Instant ago(Duration age) {
        return Instant.now().minus(age);
    }

    // ---- drift

    static DriftReport drift(ObjectDrift... objects) {
        return drift(Instant.now(), List.of(), objects);
    }

    static DriftReport drift(Instant time, List<String> warnings, ObjectDrift... objects) {
        ApplicationVerdict verdict = ApplicationVerdict.of(
                List.of(objects).stream().map(ObjectDrift::verdict).toList());
        return new DriftReport(1, "shop", REVISION, time, verdict, List.of(objects), warnings);
    }

    static ObjectDrift inSync(String kind, String name) {
        return object(kind, name, Verdict.InSync, "", ObjectDrift.Ownership.owned, null);
    }

    static ObjectDrift drifted(String kind, String name, FieldDrift... fields) {
        return object(kind, name, Verdict.Drifted, "", ObjectDrift.Ownership.owned, null, fields);
    }

    static ObjectDrift missing(String kind, String name, ObservedBetween between) {
        return object(kind, name, Verdict.Missing, "", ObjectDrift.Ownership.none, between);
    }

    static ObjectDrift extra(String kind, String name) {
        return object(kind, name, Verdict.Extra, "", ObjectDrift.Ownership.owned, null);
    }

    static ObjectDrift unknown(String kind, String name, String message) {
        return object(kind, name, Verdict.Unknown, message, ObjectDrift.Ownership.none, null);
    }

    static ObjectDrift object(
            String kind,
            String name,
            Verdict verdict,
            String message,
            ObjectDrift.Ownership ownership,
            ObservedBetween between,
            FieldDrift... fields) {
        return new ObjectDrift(
                group(kind),
                kind,
                "shop",
                name,
                verdict,
                message,
                verdict == Verdict.Extra ? "" : "deploy/" + name + ".yaml:1",
                ownership,
                between,
                FIELDS,
                List.of(fields));
    }

    /** The same, as a report that knows how bad it is, and since when. */
    static ObjectDrift weighed(ObjectDrift object, Severity severity, Instant firstSeen) {
        return new ObjectDrift(
                object.group(),
                object.kind(),
                object.namespace(),
                object.name(),
                object.verdict(),
                object.message(),
                object.origin(),
                object.ownership(),
                object.observedBetween(),
                severity,
                firstSeen,
                object.declared(),
                object.fields());
    }

    static FieldDrift changed(String path, JsonNode desired, JsonNode live, String manager, Instant time) {
        return new FieldDrift(
                path,
                pointer(path),
                FieldDrift.Change.changed,
                desired,
                live,
                false,
                manager,
                "Update",
                null,
                time,
                null);
    }

    static FieldDrift scaled(int desired, int live, String manager) {
        return new FieldDrift(
                "spec.replicas",
                "/spec/replicas",
                FieldDrift.Change.changed,
                IntNode.valueOf(desired),
                IntNode.valueOf(live),
                false,
                manager,
                "Update",
                "scale",
                null,
                null);
    }

    static FieldDrift gone(String path, String desired, ObservedBetween between) {
        return new FieldDrift(
                path,
                pointer(path),
                FieldDrift.Change.missing,
                TextNode.valueOf(desired),
                null,
                false,
                null,
                null,
                null,
                null,
                between);
    }

    static FieldDrift removed(String path, String live, String manager, Instant time) {
        return new FieldDrift(
                path,
                pointer(path),
                FieldDrift.Change.removedFromGit,
                null,
                TextNode.valueOf(live),
                false,
                manager,
                "Apply",
                null,
                time,
                null);
    }

    static FieldDrift secret(String path, String manager, Instant time) {
        return new FieldDrift(
                path, pointer(path), FieldDrift.Change.changed, null, null, true, manager, "Update", null, time, null);
    }

    static HealthReport health(ObjectDrift object, HealthStatus status) {
        return new HealthReport(
                1,
                List.of(new HealthReport.ObjectHealth(
                        object.group(), object.kind(), object.namespace(), object.name(), status, "")));
    }

    // ---- sync

    static SyncReport sync(SyncReport.Result result, HealthStatus health, String message, ObjectSync... objects) {
        return new SyncReport(
                1,
                "shop",
                REVISION,
                ago(Duration.ofSeconds(20)),
                12_300,
                false,
                result,
                health,
                message,
                List.of(objects),
                List.of());
    }

    static ObjectSync synced(String kind, String name, ObjectSync.Action action, int wave, long millis) {
        return synced(kind, name, action, wave, millis, "", HealthStatus.Healthy, "");
    }

    static ObjectSync synced(
            String kind,
            String name,
            ObjectSync.Action action,
            int wave,
            long millis,
            String message,
            HealthStatus health,
            String healthMessage) {
        return new ObjectSync(
                group(kind),
                kind,
                "shop",
                name,
                action,
                message,
                action == ObjectSync.Action.pruned ? "" : "deploy/" + name + ".yaml:1",
                "Sync",
                wave,
                false,
                millis,
                FIELDS,
                health,
                healthMessage);
    }

    // ---- plan

    static PlanReport plan() {
        List<PlanReport.Task> tasks = new ArrayList<>();
        tasks.add(task(PlanReport.Action.create, 0, "ConfigMap", "shop-settings"));
        tasks.add(task(PlanReport.Action.configure, 0, "Deployment", "web"));
        tasks.add(task(PlanReport.Action.configure, 1, "Deployment", "worker"));
        tasks.add(task(PlanReport.Action.prune, 1, "ConfigMap", "old-banner"));
        return new PlanReport(1, "shop", REVISION, tasks, List.of());
    }

    private static PlanReport.Task task(PlanReport.Action action, int wave, String kind, String name) {
        return new PlanReport.Task(
                "Sync", wave, action, group(kind), kind, "shop", name, "deploy/" + name + ".yaml:1", false);
    }

    static String group(String kind) {
        return switch (kind) {
            case "Deployment", "StatefulSet" -> "apps";
            case "Ingress", "NetworkPolicy" -> "networking.k8s.io";
            case "CronJob", "Job" -> "batch";
            default -> "";
        };
    }

    private static String pointer(String path) {
        return "/" + path.replaceAll("\\[.*?]", "/0").replace('.', '/');
    }
}
