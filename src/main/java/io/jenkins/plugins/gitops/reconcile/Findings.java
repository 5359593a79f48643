package io.jenkins.plugins.gitops.reconcile;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** What an outcome means: the build's result, decided here and nowhere else, and what is known of the application after it. */
public final class Findings {
    /** A time-out of waiting is a failed sync; what only has not come yet is none of these. */
    private static final Set<HealthStatus> UNHEALTHY =
            EnumSet.of(HealthStatus.Missing, HealthStatus.Degraded, HealthStatus.Unknown);

    private static final Set<ObjectSync.Action> WRITTEN = EnumSet.of(
            ObjectSync.Action.created,
            ObjectSync.Action.configured,
            ObjectSync.Action.replaced,
            ObjectSync.Action.pruned,
            ObjectSync.Action.deleted);

    private final boolean aborted;
    private final String error;
    private final Optional<DriftReport> drift;
    private final Optional<SyncReport> sync;
    private final Optional<HealthReport> health;
    private final Optional<WantedSet> set;

    public Findings(ReconcileOutcome outcome) {
        this.aborted = outcome.aborted();
        this.error = outcome.error();
        this.drift = outcome.drift();
        this.sync = outcome.sync();
        this.health = outcome.health();
        this.set = outcome.set();
    }

    public boolean hasReport() {
        return drift.isPresent() || sync.isPresent();
    }

    /** What a sync wanted, as it was rendered. */
    public Optional<WantedSet> set() {
        return set;
    }

    /** What differed before anything was written. */
    public Optional<DriftReport> drift() {
        return drift;
    }

    /** Whether every object was compared and none differs. */
    public boolean isInSync() {
        return error == null
                && drift.filter(report -> report.verdict() == ApplicationVerdict.InSync)
                        .isPresent();
    }

    /**
     * A digest of what a check found, whenever and at whatever revision it did: two of the same are the same finding. Empty
     * when it could not tell. Of a secret only the time tells that it was changed once more.
     */
    public Optional<String> digest() {
        if (error != null || drift.isEmpty() || drift.get().verdict() == ApplicationVerdict.Unknown) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(ReportJson.compact(
                drift.get().objects().stream().map(Findings::timeless).toList()));
        text.append(ReportJson.compact(drift.get().warnings()));
        health.ifPresent(report -> report.objects()
                .forEach(object -> text.append('\n')
                        .append(object.kind())
                        .append(' ')
                        .append(object.namespace())
                        .append('/')
                        .append(object.name())
                        .append(' ')
                        .append(object.status())));
        return Optional.of(HexFormat.of().formatHex(Sha256.of(text.toString())));
    }

    private static ObjectDrift timeless(ObjectDrift object) {
        return new ObjectDrift(
                object.group(),
                object.kind(),
                object.namespace(),
                object.name(),
                object.verdict(),
                object.message(),
                object.origin(),
                object.ownership(),
                null,
                object.severity(),
                null,
                object.declared(),
                object.fields().stream().map(Findings::timeless).toList());
    }

    private static FieldDrift timeless(FieldDrift field) {
        return new FieldDrift(
                field.path(),
                field.pointer(),
                field.change(),
                field.desired(),
                field.live(),
                field.masked(),
                field.manager(),
                field.operation(),
                field.subresource(),
                field.masked() ? field.time() : null,
                null);
    }

    public boolean isDrifted() {
        return drift.filter(report -> report.verdict() == ApplicationVerdict.OutOfSync)
                .isPresent();
    }

    /** Whether the cluster is as the sync's revision says; it may still be unhealthy. */
    public boolean isApplied() {
        return isWritten() && sync.filter(report -> !report.partial()).isPresent();
    }

    /** Whether the cluster is not as it was before. */
    public boolean hasWritten() {
        return sync.stream()
                .filter(report -> !report.dryRun())
                .flatMap(report -> report.objects().stream())
                .anyMatch(object -> WRITTEN.contains(object.action()));
    }

    /** Whether all that was to be written is, be it only a part of the application. */
    public boolean isWritten() {
        return sync.filter(report -> report.result() == SyncReport.Result.Succeeded
                        || report.result() == SyncReport.Result.Waiting
                        || isOnlyUnhealthy(report))
                .filter(report -> !report.dryRun())
                .isPresent();
    }

    /**
     * SUCCESS in sync or synced, UNSTABLE on drift that was not healed and where all was applied but is unhealthy or waits for
     * an approval, FAILURE on errors and when nothing could be told, ABORTED when somebody stopped it, NOT_BUILT when a newer
     * revision superseded it.
     */
    public Result result() {
        if (aborted) {
            return Result.ABORTED;
        }
        if (error != null) {
            return Result.FAILURE;
        }
        return sync.map(Findings::resultOf).or(() -> drift.map(this::resultOf)).orElse(Result.FAILURE);
    }

    private static Result resultOf(SyncReport report) {
        return switch (report.result()) {
            case Succeeded -> isUnhealthy(report.health()) ? Result.UNSTABLE : Result.SUCCESS;
            case Failed -> isOnlyUnhealthy(report) ? Result.UNSTABLE : Result.FAILURE;
            case Refused -> Result.FAILURE;
            case Waiting -> Result.UNSTABLE;
            case Superseded -> Result.NOT_BUILT;
            case Aborted -> Result.ABORTED;
        };
    }

    private Result resultOf(DriftReport report) {
        return switch (report.verdict()) {
            case InSync -> isAnyUnhealthy() ? Result.UNSTABLE : Result.SUCCESS;
            case OutOfSync -> Result.UNSTABLE;
            case Unknown -> Result.FAILURE;
        };
    }

    private boolean isAnyUnhealthy() {
        return health.stream()
                .flatMap(report -> report.objects().stream())
                .anyMatch(object -> isUnhealthy(object.status()));
    }

    /** No health counts as healthy (SEMANTICS 9). */
    private static boolean isUnhealthy(HealthStatus status) {
        return status != null && UNHEALTHY.contains(status);
    }

    /** Whether everything was applied, and the sync failed by what became of it. */
    private static boolean isOnlyUnhealthy(SyncReport report) {
        return report.result() == SyncReport.Result.Failed
                && !report.dryRun()
                && report.health() != null
                && report.objects().stream()
                        .map(ObjectSync::action)
                        .noneMatch(action -> action == ObjectSync.Action.failed || action == ObjectSync.Action.skipped);
    }
}
