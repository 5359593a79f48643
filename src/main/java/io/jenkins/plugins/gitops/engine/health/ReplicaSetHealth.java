package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** ReplicaSet, and the ReplicationController before it: as many pods available as desired. */
final class ReplicaSetHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.isStale()) {
            return live.stale();
        }
        return live.condition("ReplicaFailure")
                .filter(Condition::isTrue)
                .map(c -> Health.degraded(c.says()))
                .orElseGet(() -> replicas(live));
    }

    private static Health replicas(LiveObject live) {
        long desired = live.replicas();
        long available = live.count("availableReplicas");
        return available < desired
                ? Health.progressing(available + " of " + desired + " pods available")
                : Health.healthy("");
    }
}
