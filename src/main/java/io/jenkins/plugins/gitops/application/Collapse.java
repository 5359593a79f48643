package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes consecutive checks that found the same one build, the newest, so that a year of checks does not bury the syncs; and
 * consecutive commits that brought the application nothing. One that a person or a pipeline asked for, or that is kept, is
 * never deleted: among those is the build that polling compares with.
 */
@Extension
public final class Collapse extends RunListener<GitOpsRun> {
    private static final Logger LOGGER = Logger.getLogger(Collapse.class.getName());

    @Override
    public void onFinalized(@NonNull GitOpsRun run) {
        String findings = run.getFindings();
        if (!run.getParent().isCollapseChecks() || findings == null) {
            return;
        }
        GitOpsRun previous = previousOfItsKind(run);
        if (previous == null || !findings.equals(previous.getFindings()) || isNeeded(previous)) {
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

    /** Between two checks there may be a commit that brought nothing, and between two such commits a check. */
    @CheckForNull
    private static GitOpsRun previousOfItsKind(GitOpsRun run) {
        GitOpsRun previous = run.getPreviousBuild();
        return previous != null && previous.getFindings() != null && previous.getMode() != run.getMode()
                ? previous.getPreviousBuild()
                : previous;
    }

    private static boolean isNeeded(GitOpsRun run) {
        return run.isBuilding()
                || run.isKeepLog()
                || run.getDescription() != null
                || run.getAction(AwaitedAction.class) != null
                || run.getCauses().stream().anyMatch(ModeDecision::isRequest);
    }
}
