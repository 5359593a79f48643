package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.history.Pin;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** On a queue item or a build that goes back to what an earlier build applied, and stays there. It folds with no other build. */
@ExportedBean(defaultVisibility = 2)
public final class RollbackRequest extends InvisibleAction implements Queue.QueueAction {
    /** Further back than that is named by its number. */
    private static final int NEWEST = 200;

    private final int build;
    private final String revision;
    private final String set;
    private final String by;
    private final String reason;

    /**
     * @param build whose set it is; {@code revision} its commit, {@code set} the set's name
     * @param by the id of who asked for it, or the name of the program that did
     */
    RollbackRequest(int build, String revision, String set, String by, String reason) {
        this.build = build;
        this.revision = revision;
        this.set = set;
        this.by = by;
        this.reason = reason;
    }

    /** To go back to what a build applied; empty when that is not kept. */
    public static Optional<RollbackRequest> to(GitOpsApplication application, int build, String by, String reason)
            throws IOException {
        GitOpsRun run = application.getBuildByNumber(build);
        return run == null
                ? Optional.empty()
                : new AppliedSets(application)
                        .of(run)
                        .map(set -> new RollbackRequest(build, run.getRevision(), set, by, reason));
    }

    /** To go back to the last sync that succeeded with another set than the one that runs; empty when none is kept. */
    public static Optional<RollbackRequest> before(GitOpsApplication application, String by, String reason)
            throws IOException {
        AppliedSets sets = new AppliedSets(application);
        GitOpsRun run = application.getLastSyncedRun();
        String running = sets.last().orElse("");
        for (int seen = 0; run != null && seen < NEWEST; seen++) {
            Optional<String> set = sets.of(run);
            if (set.isPresent() && !set.get().equals(running) && run.getResult() == Result.SUCCESS) {
                return to(application, run.getNumber(), by, reason);
            }
            run = run.getPreviousBuild();
        }
        return Optional.empty();
    }

    /** The build that is gone back to. */
    @Exported(name = "rollbackTo")
    public int getBuild() {
        return build;
    }

    @Exported
    public String getBy() {
        return by;
    }

    @Exported
    public String getReason() {
        return reason;
    }

    String revision() {
        return revision;
    }

    String set() {
        return set;
    }

    /** For people. */
    String words() {
        return reason.isEmpty()
                ? Messages.RollbackRequest_Words(build, by)
                : Messages.RollbackRequest_WordsWhy(build, by, reason);
    }

    Pin pin() {
        return new Pin(build, revision, set, by, Instant.now(), reason);
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .noneMatch(other -> other instanceof RollbackRequest request
                        && request.build == build
                        && request.reason.equals(reason)
                        && request.by.equals(by));
    }
}
