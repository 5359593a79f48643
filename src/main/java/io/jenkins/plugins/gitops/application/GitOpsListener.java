package io.jenkins.plugins.gitops.application;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Is told how applications change, once for each change and not for each check that finds the same. For those who send messages.
 * Called from the build's own thread, before the build ends; what fails in a listener is logged and changes nothing.
 */
public abstract class GitOpsListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(GitOpsListener.class.getName());

    /**
     * The cluster differs from Git, and not in the way that this listener knows already. Only of applications whose drift policy
     * is {@link DriftPolicy#alert}.
     */
    public void onDrift(GitOpsApplication application, GitOpsRun run) {}

    /** What was told of by {@link #onDrift} is gone. */
    public void onDriftGone(GitOpsApplication application, GitOpsRun run) {}

    /** A check found drift and undid it, or what it may undo of it. */
    public void onHeal(GitOpsApplication application, GitOpsRun run) {}

    /**
     * Somebody else keeps changing back what is healed, and those objects are healed no more. Told again when there are other
     * fights, or when there was none in between.
     *
     * @param fights a sentence for each: which field it is, and who writes it
     */
    public void onFight(GitOpsApplication application, GitOpsRun run, List<String> fights) {}

    /** A sync or rollback failed, was refused, or ended with something degraded, and the one before it did not. */
    public void onSyncFailed(GitOpsApplication application, GitOpsRun run) {}

    /** The first sync or rollback that succeeded after {@link #onSyncFailed}. */
    public void onRecovered(GitOpsApplication application, GitOpsRun run) {}

    static void fireDrift(GitOpsRun run) {
        fire("the drift", run, listener -> listener.onDrift(run.getParent(), run));
    }

    static void fireDriftGone(GitOpsRun run) {
        fire("the end of drift", run, listener -> listener.onDriftGone(run.getParent(), run));
    }

    static void fireHeal(GitOpsRun run) {
        fire("the healing", run, listener -> listener.onHeal(run.getParent(), run));
    }

    static void fireFight(GitOpsRun run) {
        fire("the fight", run, listener -> listener.onFight(run.getParent(), run, run.getFights()));
    }

    static void fireSyncFailed(GitOpsRun run) {
        fire("the failure", run, listener -> listener.onSyncFailed(run.getParent(), run));
    }

    static void fireRecovered(GitOpsRun run) {
        fire("the recovery", run, listener -> listener.onRecovered(run.getParent(), run));
    }

    private static void fire(String what, GitOpsRun run, Consumer<GitOpsListener> call) {
        for (GitOpsListener listener : ExtensionList.lookup(GitOpsListener.class)) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> listener + " failed on " + what + " in " + run);
            }
        }
    }
}
