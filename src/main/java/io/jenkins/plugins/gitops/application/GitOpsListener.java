package io.jenkins.plugins.gitops.application;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Is told of applications whose drift policy is {@link DriftPolicy#alert}: once when drift appears, once more whenever other
 * drift is found than before, once when it is gone. For those who send messages. Called from the build's own thread, before the
 * build ends; what fails in a listener is logged and changes nothing.
 */
public abstract class GitOpsListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(GitOpsListener.class.getName());

    /** The cluster differs from Git, and not in the way that this listener knows already. */
    public void onDrift(GitOpsApplication application, GitOpsRun run) {}

    /** What was told of by {@link #onDrift} is gone. */
    public void onDriftGone(GitOpsApplication application, GitOpsRun run) {}

    static void fireDrift(GitOpsRun run) {
        for (GitOpsListener listener : ExtensionList.lookup(GitOpsListener.class)) {
            try {
                listener.onDrift(run.getParent(), run);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> listener + " failed on the drift that " + run + " found");
            }
        }
    }

    static void fireDriftGone(GitOpsRun run) {
        for (GitOpsListener listener : ExtensionList.lookup(GitOpsListener.class)) {
            try {
                listener.onDriftGone(run.getParent(), run);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> listener + " failed on the end of drift in " + run);
            }
        }
    }
}
