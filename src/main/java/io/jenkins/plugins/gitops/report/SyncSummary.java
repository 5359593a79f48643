package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.util.EnumSet;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The numbers of a sync report, small enough for {@code build.xml}. A plain class, because XStream cannot read records back. */
@ExportedBean(defaultVisibility = 3)
public final class SyncSummary {
    private final String application;
    private final String revision;
    private final SyncReport.Result result;
    private final boolean dryRun;
    private final String message;
    private final HealthStatus health;
    private final long time;
    private final long durationMs;
    private final int created;
    private final int changed;
    private final int removed;
    private final int unchanged;
    private final int skipped;
    private final int waiting;
    private final int failed;

    SyncSummary(SyncReport report) {
        application = report.application();
        revision = report.revision();
        result = report.result();
        dryRun = report.dryRun();
        message = report.message();
        health = report.health();
        time = report.time().toEpochMilli();
        durationMs = report.durationMs();
        created = count(report, EnumSet.of(ObjectSync.Action.created));
        changed = count(report, EnumSet.of(ObjectSync.Action.configured, ObjectSync.Action.replaced));
        removed = count(report, EnumSet.of(ObjectSync.Action.pruned, ObjectSync.Action.deleted));
        unchanged = count(report, EnumSet.of(ObjectSync.Action.unchanged));
        skipped = count(report, EnumSet.of(ObjectSync.Action.skipped));
        waiting = count(report, EnumSet.of(ObjectSync.Action.waiting));
        failed = count(report, EnumSet.of(ObjectSync.Action.failed));
    }

    private static int count(SyncReport report, Set<ObjectSync.Action> actions) {
        return (int) report.objects().stream()
                .filter(object -> actions.contains(object.action()))
                .count();
    }

    @Exported
    public String getApplication() {
        return application;
    }

    /** Full commit id, or empty. */
    @Exported
    public String getRevision() {
        return revision;
    }

    @Exported
    public SyncReport.Result getResult() {
        return result;
    }

    @Exported
    public boolean isDryRun() {
        return dryRun;
    }

    /** Why the result is not Succeeded; empty otherwise. */
    @Exported
    public String getMessage() {
        return message;
    }

    /** Of the worst object at the end; null when it was not looked at. */
    @Exported
    public HealthStatus getHealth() {
        return health;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    public long getTime() {
        return time;
    }

    @Exported
    public long getDurationMs() {
        return durationMs;
    }

    @Exported
    public int getCreated() {
        return created;
    }

    @Exported
    public int getChanged() {
        return changed;
    }

    @Exported
    public int getRemoved() {
        return removed;
    }

    @Exported
    public int getUnchanged() {
        return unchanged;
    }

    @Exported
    public int getSkipped() {
        return skipped;
    }

    /** Objects that somebody has to approve. */
    @Exported
    public int getWaiting() {
        return waiting;
    }

    @Exported
    public int getFailed() {
        return failed;
    }

    /** A symbol that stands for its end. */
    public String getIcon() {
        return switch (result) {
            case Succeeded ->
                health == null || "success".equals(Words.color(health)) ? "symbol-status-blue" : "symbol-status-yellow";
            case Failed, Refused -> "symbol-status-red";
            case Waiting -> "symbol-status-yellow";
            case Superseded -> "symbol-status-nobuilt";
            case Aborted -> "symbol-status-aborted";
        };
    }

    public long getEnd() {
        return time + durationMs;
    }

    public boolean isSucceeded() {
        return result == SyncReport.Result.Succeeded;
    }
}
