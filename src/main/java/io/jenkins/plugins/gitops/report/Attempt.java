package io.jenkins.plugins.gitops.report;

import hudson.model.BallColor;
import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.application.Repeated;
import io.jenkins.plugins.gitops.application.RollbackRequest;
import io.jenkins.plugins.gitops.field.ShortRevision;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One build of an application as a row of its history, and in the remote API. */
@ExportedBean(defaultVisibility = 3)
public final class Attempt {
    private final Run<?, ?> run;
    private final DriftReportAction drift;
    private final SyncReportAction sync;
    private final Instant now;

    Attempt(Run<?, ?> run, Instant now) {
        this.run = run;
        this.drift = run.getAction(DriftReportAction.class);
        this.sync = run.getAction(SyncReportAction.class);
        this.now = now;
    }

    @Exported
    public int getNumber() {
        return run.getNumber();
    }

    /** Relative to Jenkins. */
    @Exported
    public String getUrl() {
        return run.getUrl();
    }

    public String getDisplayName() {
        return run.getDisplayName();
    }

    public BallColor getIconColor() {
        return run.getIconColor();
    }

    @Exported
    public String getResult() {
        Result result = run.getResult();
        return result == null ? null : result.toString();
    }

    /** {@code sync}, {@code check} or {@code dryRun}. */
    @Exported
    public ReconcileMode getMode() {
        if (run instanceof GitOpsRun own) {
            return own.getMode();
        }
        return sync == null ? ReconcileMode.check : ReconcileMode.sync;
    }

    public String getModeWords() {
        return switch (getMode()) {
            case sync ->
                run.getAction(RollbackRequest.class) == null ? Messages.Attempt_Sync() : Messages.Attempt_Rollback();
            case check -> Messages.Attempt_Check();
            case dryRun -> Messages.Attempt_DryRun();
        };
    }

    /** Whether what it applied can be gone back to. */
    @Exported
    public boolean isRestorable() {
        return run instanceof GitOpsRun own && own.isRestorable();
    }

    @Exported
    public String getRevision() {
        if (run instanceof GitOpsRun own && !own.getShownRevision().isEmpty()) {
            return own.getShownRevision();
        }
        return sync != null
                ? sync.getSummary().getRevision()
                : drift == null ? "" : drift.getSummary().getRevision();
    }

    public String getShortRevision() {
        return ShortRevision.of(getRevision());
    }

    /** What came of it, in a sentence. */
    @Exported
    public String getOutcome() {
        if (sync != null) {
            return sync.getHeadline();
        }
        if (drift != null) {
            return drift.getHeadline();
        }
        ProblemAction problem = run.getAction(ProblemAction.class);
        if (problem != null) {
            return problem.getProblem();
        }
        if (run instanceof GitOpsRun own && own.isUnchanged()) {
            return own.getWhat();
        }
        return run.isBuilding() ? Messages.Attempt_Running() : Messages.Attempt_NoReport();
    }

    /** Earlier checks that found the same and became this build; null when none. */
    public String getRepeatedWords() {
        Repeated repeated = run instanceof GitOpsRun own ? own.getRepeated() : null;
        return repeated == null
                ? null
                : Messages.Attempt_Repeated(repeated.getCount(), new Moment(repeated.getFirstSeen(), now).getExact());
    }

    /** The page that tells more, relative to the build; empty when it has none. */
    public String getReport() {
        return sync != null ? sync.getUrlName() : drift != null ? drift.getUrlName() : "";
    }

    /** Who or what started it, each once: a schedule may have asked again while the build was queued. */
    @Exported
    public List<String> getCauses() {
        return run.getCauses().stream()
                .map(Cause::getShortDescription)
                .distinct()
                .toList();
    }

    public String getCauseWords() {
        return getCauses().stream().collect(Collectors.joining(", "));
    }

    /** In milliseconds since 1970. */
    @Exported
    public long getTimestamp() {
        return run.getTimeInMillis();
    }

    public Moment getTime() {
        return Moment.of(run.getTimeInMillis(), now);
    }

    @Exported
    public long getDurationMs() {
        return run.getDuration();
    }

    public String getDuration() {
        return run.isBuilding() ? "" : Words.duration(run.getDuration());
    }
}
