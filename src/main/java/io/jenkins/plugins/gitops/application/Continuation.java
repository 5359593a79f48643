package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.listeners.ItemListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.RevisionParameterAction;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;

/**
 * When Jenkins comes up, continues each build that was lost while it wrote (SEMANTICS 7). One that somebody aborted is not
 * lost. What is unfinished stays noted until a later build ends, so that a second crash loses nothing.
 */
@Extension
public final class Continuation extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(Continuation.class.getName());

    @Override
    public void onLoaded() {
        for (GitOpsApplication application : Jenkins.get().allItems(GitOpsApplication.class)) {
            resume(application);
        }
    }

    static void resume(GitOpsApplication application) {
        int number = application.state().get().unfinished();
        GitOpsRun lost = number == 0 ? null : application.getBuildByNumber(number);
        if (lost == null
                || lost.isBuilding()
                || !lost.isWriting()
                || lost.getAction(InterruptedBuildAction.class) != null) {
            return;
        }
        List<Action> actions = new ArrayList<>(lost.getActions(AwaitedAction.class));
        actions.addAll(lost.getActions(SyncOverrides.class));
        actions.addAll(lost.getActions(RemovalAction.class));
        actions.addAll(lost.getActions(FormerDestination.class));
        actions.addAll(lost.getActions(RollbackRequest.class));
        actions.addAll(lost.getActions(Approval.class));
        // Without them it would be built with the defaults, which may be another branch.
        actions.addAll(lost.getActions(ParametersAction.class));
        actions.add(new CauseAction(new ContinuationCause(number)));
        if (lost.isSync() && isReviewed(application) && !lost.getRevision().isEmpty()) {
            actions.add(new RevisionParameterAction(lost.getRevision()));
        }
        boolean scheduled = application.schedule(lost.getMode(), actions) != null;
        LOGGER.log(Level.INFO, "{0} was lost while it wrote; continued: {1}", new Object[] {lost, scheduled});
    }

    /** Where people choose what is synced, nothing newer is. */
    private static boolean isReviewed(GitOpsApplication application) {
        return !application.getSync().isAutomatic() && application.getScm() instanceof GitSCM;
    }
}
