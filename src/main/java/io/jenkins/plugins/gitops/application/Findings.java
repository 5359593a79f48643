package io.jenkins.plugins.gitops.application;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an outcome means for the build: its result, and what is known of the application after it. */
final class Findings {
    /** Nothing that time heals. */
    private static final Set<HealthStatus> UNHEALTHY = EnumSet.of(HealthStatus.Degraded, HealthStatus.Missing);

    private final String error;
    private final Optional<DriftReport> drift;
    private final Optional<SyncReport> sync;
    private final Optional<HealthReport> health;

    Findings(ReconcileOutcome outcome) throws IOException {
        this.error = outcome.error();
        this.drift = read(outcome.driftJson(), DriftReport.class);
        this.sync = read(outcome.syncJson(), SyncReport.class);
        this.health = read(outcome.healthJson(), HealthReport.class);
    }

    private static <T> Optional<T> read(String json, Class<T> type) throws IOException {
        return json == null ? Optional.empty() : Optional.of(ReportJson.read(json, type));
    }

    boolean hasReport() {
        return drift.isPresent() || sync.isPresent();
    }

    /** Whether every object was compared and none differs. */
    boolean isInSync() {
        return error == null
                && drift.filter(report -> report.verdict() == ApplicationVerdict.InSync)
                        .isPresent();
    }

    boolean isDrifted() {
        return drift.filter(report -> report.verdict() == ApplicationVerdict.OutOfSync)
                .isPresent();
    }

    /** Whether the cluster is as the sync's revision says; it may still be unhealthy. */
    boolean isApplied() {
        return sync.filter(report -> !report.dryRun()).stream()
                .anyMatch(report -> report.result() == SyncReport.Result.Succeeded || isOnlyUnhealthy(report));
    }

    /** Of a sync or a dry run: success, unstable when all was applied but is unhealthy, failure otherwise. */
    Result resultOfSync() {
        if (error != null || sync.isEmpty()) {
            return Result.FAILURE;
        }
        SyncReport report = sync.get();
        return switch (report.result()) {
            case Succeeded -> UNHEALTHY.contains(report.health()) ? Result.UNSTABLE : Result.SUCCESS;
            case Failed -> isOnlyUnhealthy(report) ? Result.UNSTABLE : Result.FAILURE;
            case Refused -> Result.FAILURE;
            case Aborted -> Result.ABORTED;
        };
    }

    /** Of a check: success in sync and healthy, unstable drifted or unhealthy, failure when it could not tell. */
    Result resultOfCheck() {
        if (error != null || drift.isEmpty()) {
            return Result.FAILURE;
        }
        return switch (drift.get().verdict()) {
            case InSync -> isUnhealthy() ? Result.UNSTABLE : Result.SUCCESS;
            case OutOfSync -> Result.UNSTABLE;
            case Unknown -> Result.FAILURE;
        };
    }

    private boolean isUnhealthy() {
        return health.stream()
                .flatMap(report -> report.objects().stream())
                .anyMatch(object -> UNHEALTHY.contains(object.status()));
    }

    private static boolean isOnlyUnhealthy(SyncReport report) {
        return report.result() == SyncReport.Result.Failed
                && report.objects().stream()
                        .map(ObjectSync::action)
                        .noneMatch(action -> action == ObjectSync.Action.failed || action == ObjectSync.Action.skipped);
    }
}
