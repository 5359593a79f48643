package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** PodDisruptionBudget: well when as many pods are healthy as it asks for. */
final class PodDisruptionBudgetHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.isStale()) {
            return live.stale();
        }
        long desired = live.count("desiredHealthy");
        long healthy = live.count("currentHealthy");
        return healthy < desired
                ? Health.progressing(healthy + " of " + desired + " pods healthy, of those that the budget needs")
                : Health.healthy("");
    }
}
