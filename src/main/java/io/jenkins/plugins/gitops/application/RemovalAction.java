package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.util.List;

/** On a build that prunes all that the application made, after which the item is deleted. It folds with no other build. */
public final class RemovalAction extends InvisibleAction implements Queue.QueueAction {
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream().noneMatch(RemovalAction.class::isInstance);
    }
}
