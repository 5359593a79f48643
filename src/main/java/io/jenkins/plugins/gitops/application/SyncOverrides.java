package io.jenkins.plugins.gitops.application;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.time.Duration;
import java.util.List;

/**
 * On a queue item or a build: where it departs from the application's own sync policy. Items that depart differently stay two
 * builds.
 */
public final class SyncOverrides extends InvisibleAction implements Queue.QueueAction {
    private final boolean prune;
    private final int timeoutMinutes;

    /**
     * @param prune delete what is no longer in Git, though the application does not say so; false leaves that to it
     * @param timeoutMinutes how long health is awaited; 0 leaves that to the application
     */
    public SyncOverrides(boolean prune, int timeoutMinutes) {
        this.prune = prune;
        this.timeoutMinutes = timeoutMinutes;
    }

    /** The application as this build is to carry it out. */
    public Application apply(Application application) {
        SyncPolicy policy = prune ? application.sync().withPrune(true) : application.sync();
        return application.withSync(
                timeoutMinutes > 0 ? policy.withTimeout(Duration.ofMinutes(timeoutMinutes)) : policy);
    }

    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream().noneMatch(this::isSame);
    }

    private boolean isSame(Action other) {
        return other instanceof SyncOverrides overrides
                && overrides.prune == prune
                && overrides.timeoutMinutes == timeoutMinutes;
    }
}
