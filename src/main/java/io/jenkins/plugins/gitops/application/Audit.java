package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gitops.engine.history.AuditEntry;
import io.jenkins.plugins.gitops.engine.history.AuditEntry.Action;
import io.jenkins.plugins.gitops.engine.history.AuditLog;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Who did what with an application and why: the engine's log of it, beside the builds, which it outlives. Attempts are builds. */
public final class Audit {
    private static final Logger LOGGER = Logger.getLogger(Audit.class.getName());

    private final GitOpsApplication application;
    private final AuditLog log;

    private Audit(GitOpsApplication application) {
        this.application = application;
        this.log = new AuditLog(
                application.getRootDir().toPath().resolve("gitops"), warning -> LOGGER.log(Level.WARNING, warning));
    }

    static Audit of(GitOpsApplication application) {
        return new Audit(application);
    }

    /** All of it as JSON lines, the oldest first. */
    public static String lines(GitOpsApplication application) throws IOException {
        return of(application).log.entries().stream()
                .map(entry -> ReportJson.compact(entry) + "\n")
                .collect(Collectors.joining());
    }

    void pinned(String by, Pin pin) throws IOException {
        log.add(AuditEntry.ofPin(
                Instant.now(), application.getFullName(), Action.pin, by, "Jenkins", pin, pin.reason()));
    }

    void unpinned(String by, Pin pin) throws IOException {
        log.add(AuditEntry.ofPin(Instant.now(), application.getFullName(), Action.unpin, by, "Jenkins", pin, ""));
    }

    /** @param waiting the build that waited for it */
    void approved(Approval approval, GitOpsRun waiting) throws IOException {
        log.add(new AuditEntry(
                AuditEntry.SCHEMA_VERSION,
                Instant.now(),
                application.getFullName(),
                Action.approve,
                approval.getBy(),
                waiting.getFullDisplayName(),
                0,
                waiting.getNumber(),
                waiting.getRevision(),
                "",
                approval.getObjects(),
                approval.getReason()));
    }

    private void ended(GitOpsRun run, Action action) throws IOException {
        RollbackRequest rollback = run.getAction(RollbackRequest.class);
        Optional<SyncReport> report = Reports.sync(run);
        log.add(new AuditEntry(
                AuditEntry.SCHEMA_VERSION,
                Instant.ofEpochMilli(run.getStartTimeInMillis()),
                application.getFullName(),
                action,
                by(run, rollback),
                run.getFullDisplayName(),
                run.getNumber(),
                rollback == null ? 0 : rollback.getBuild(),
                run.getRevision(),
                report.map(sync -> sync.result().name()).orElseGet(() -> result(run)),
                List.of(),
                rollback != null
                        ? rollback.getReason()
                        : report.map(SyncReport::message).orElse("")));
    }

    private static String result(GitOpsRun run) {
        return run.getResult() == Result.ABORTED
                ? SyncReport.Result.Aborted.name()
                : run.getResult() == Result.NOT_BUILT
                        ? SyncReport.Result.Refused.name()
                        : SyncReport.Result.Failed.name();
    }

    private static String by(GitOpsRun run, RollbackRequest rollback) {
        if (rollback != null) {
            return rollback.getBy();
        }
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        return user != null
                ? Util.fixNull(user.getUserId(), "anonymous")
                : run.getCauses().stream()
                        .map(Cause::getShortDescription)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** Notes every build that wrote, or was to. */
    @Extension
    public static final class Ended extends RunListener<GitOpsRun> {
        @Override
        public void onCompleted(GitOpsRun run, @NonNull TaskListener listener) {
            try {
                if (run.isHealed()) {
                    of(run.getParent()).ended(run, Action.heal);
                } else if (run.getMode() == ReconcileMode.sync && !run.isUnchanged()) {
                    of(run.getParent()).ended(run, action(run));
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "cannot note in the audit what " + run + " did");
            }
        }

        private static Action action(GitOpsRun run) {
            if (run.getAction(RollbackRequest.class) != null) {
                return Action.rollback;
            }
            return run.isSync() ? Action.sync : Action.delete;
        }
    }
}
