package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes consecutive checks that found nothing one build, the newest, so that a year of checks does not bury the syncs. A sync,
 * a check that found drift, one that a person started or something waits for, and one that is kept are never deleted.
 */
@Extension
public final class Collapse extends RunListener<GitOpsRun> {
    private static final Logger LOGGER = Logger.getLogger(Collapse.class.getName());

    @Override
    public void onFinalized(@NonNull GitOpsRun run) {
        GitOpsRun previous = run.getPreviousBuild();
        if (previous == null
                || !run.getParent().isCollapseChecks()
                || !run.isQuietCheck()
                || !previous.isQuietCheck()
                || !previous.getRevision().equals(run.getRevision())
                || isNeeded(previous)) {
            return;
        }
        Repeated before = previous.getRepeated();
        run.setRepeated(new Repeated(
                before == null ? Instant.ofEpochMilli(previous.getStartTimeInMillis()) : before.getFirstSeen(),
                before == null ? 1 : before.getCount() + 1));
        try {
            run.save();
            previous.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> previous + " cannot be collapsed into " + run);
        }
    }

    private static boolean isNeeded(GitOpsRun check) {
        return check.isBuilding()
                || check.isKeepLog()
                || check.getDescription() != null
                || check.getCause(Cause.UserIdCause.class) != null
                || check.getAction(AwaitedAction.class) != null;
    }
}
