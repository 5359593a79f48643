package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Action;

/** One object to write or to prune. */
public record Task(Phase phase, int wave, Action action, Compared object) {
    public ResourceKey key() {
        return object.key();
    }

    /** Whether the object goes. */
    public boolean isPrune() {
        return action == Action.prune || action == Action.delete;
    }

    /** The same task, its object looked at again. */
    public Task withObject(Compared other) {
        return new Task(phase, wave, action, other);
    }
}
