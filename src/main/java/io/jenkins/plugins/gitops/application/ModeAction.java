package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.queue.FoldableAction;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.List;

/**
 * What a queued item or a build does. A queued check and a queued sync are one item, the sync: it does all that the check
 * would have done. A dry run and the others stay apart.
 *
 * <p>Changed only while the queue is locked; a build reads it after it left the queue.
 */
public final class ModeAction extends InvisibleAction implements Queue.QueueAction, FoldableAction {
    private volatile ReconcileMode mode;

    public ModeAction(ReconcileMode mode) {
        this.mode = mode;
    }

    public ReconcileMode getMode() {
        return mode;
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .filter(ModeAction.class::isInstance)
                .map(action -> ((ModeAction) action).mode)
                .anyMatch(other -> (mode == ReconcileMode.dryRun) != (other == ReconcileMode.dryRun));
    }

    @Override
    public void foldIntoExisting(Queue.Item item, Queue.Task owner, List<Action> others) {
        ModeAction existing = item.getAction(ModeAction.class);
        if (existing != null && mode == ReconcileMode.sync) {
            existing.mode = ReconcileMode.sync;
        }
    }

    @Override
    public String toString() {
        return "mode " + mode;
    }
}
