package io.jenkins.plugins.gitops.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import hudson.Extension;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Who did what to an application and why, one JSON document a line, oldest first. It outlives the builds; a line is only ever
 * added.
 */
public final class Audit {
    private static final Logger LOGGER = Logger.getLogger(Audit.class.getName());

    private final GitOpsApplication application;

    private Audit(GitOpsApplication application) {
        this.application = application;
    }

    /** What happened. */
    enum Deed {
        sync,
        check,
        dryRun,
        rollback,
        remove,
        pin,
        unpin
    }

    /**
     * One line.
     *
     * @param by the id of a user, or what started a build by itself
     * @param build that did it; null when none did
     * @param to the build whose objects are gone back to, or kept
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            Instant time,
            String application,
            String uuid,
            Deed action,
            String by,
            Integer build,
            Integer to,
            String reason) {}

    static Audit of(GitOpsApplication application) {
        return new Audit(application);
    }

    void pinned(String by, int to, String reason) throws IOException {
        add(Deed.pin, by, null, to, reason);
    }

    void unpinned(String by) throws IOException {
        add(Deed.unpin, by, null, null, null);
    }

    private void started(GitOpsRun run) throws IOException {
        RollbackRequest rollback = run.getAction(RollbackRequest.class);
        Deed deed = run.getAction(RemovalAction.class) != null
                ? Deed.remove
                : rollback != null ? Deed.rollback : Deed.valueOf(run.getMode().name());
        add(
                deed,
                by(run),
                run.getNumber(),
                rollback == null ? null : rollback.getBuild(),
                rollback == null ? null : rollback.getReason());
    }

    private static String by(GitOpsRun run) {
        RollbackRequest rollback = run.getAction(RollbackRequest.class);
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

    private void add(Deed deed, String by, Integer build, Integer to, String reason) throws IOException {
        Line line =
                new Line(Instant.now(), application.getFullName(), application.getUuid(), deed, by, build, to, reason);
        // One write of one line: appended whole, or after a crash cut off at the end.
        Files.writeString(
                path(),
                ReportJson.compact(line) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All lines; empty when nothing was noted yet. */
    public static String lines(GitOpsApplication application) throws IOException {
        try {
            return Files.readString(new Audit(application).path(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Path path() {
        return application.getRootDir().toPath().resolve("gitops-audit.jsonl");
    }

    /** Notes every build that may write, and every other that a person or a program asked for. */
    @Extension
    public static final class Started extends RunListener<GitOpsRun> {
        @Override
        public void onStarted(GitOpsRun run, TaskListener listener) {
            if (run.getMode() != ReconcileMode.sync && run.getCauses().stream().noneMatch(ModeDecision::isRequest)) {
                return;
            }
            try {
                of(run.getParent()).started(run);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "cannot note in the audit who started " + run);
            }
        }
    }
}
