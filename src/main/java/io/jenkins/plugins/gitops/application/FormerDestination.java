package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.engine.model.Destination;
import java.util.List;

/** On a build that prunes what the application made where it went before. It folds with no other build. */
public final class FormerDestination extends InvisibleAction implements Queue.QueueAction {
    private final String cluster;
    private final String namespace;

    FormerDestination(Destination destination) {
        this.cluster = destination.cluster();
        this.namespace = destination.namespace();
    }

    Destination destination() {
        return new Destination(cluster, namespace);
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .noneMatch(other -> other instanceof FormerDestination former
                        && former.destination().equals(destination()));
    }
}
