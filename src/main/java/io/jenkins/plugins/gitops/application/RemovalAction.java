package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.reconcile.DeletionRequest;
import java.util.List;

/**
 * On a build that takes the application out of its cluster, after which the item is deleted. It folds with no other build but
 * one that was asked for in the same way.
 */
public final class RemovalAction extends InvisibleAction implements Queue.QueueAction {
    private static final KeyPattern EVERYTHING = new KeyPattern("*", "*", "*", "*");

    private final boolean keepObjects;
    private final boolean approved;
    private final boolean withoutHooks;

    /**
     * @param keepObjects whether only the inventory goes, and the objects belong to nobody any more
     * @param approved whether what must be confirmed is: volume claims, Namespaces and the like go too
     * @param withoutHooks whether no PreDelete and PostDelete hooks run
     */
    public RemovalAction(boolean keepObjects, boolean approved, boolean withoutHooks) {
        this.keepObjects = keepObjects;
        this.approved = approved;
        this.withoutHooks = withoutHooks;
    }

    boolean keepsObjects() {
        return keepObjects;
    }

    boolean runsHooks() {
        return !keepObjects && !withoutHooks;
    }

    /** @param hooks whether it is known which hooks there are */
    DeletionRequest request(boolean hooks) {
        return new DeletionRequest(hooks, keepObjects, approved ? List.of(EVERYTHING) : List.of());
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream().noneMatch(other -> other instanceof RemovalAction removal && isLike(removal));
    }

    private boolean isLike(RemovalAction other) {
        return keepObjects == other.keepObjects && approved == other.approved && withoutHooks == other.withoutHooks;
    }
}
