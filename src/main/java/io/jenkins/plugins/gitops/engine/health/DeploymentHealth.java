package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** Deployment: rolled out when every desired pod is updated and available and no old one is left. */
final class DeploymentHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.isSet("paused")) {
            return Health.suspended("paused: nothing is rolled out while spec.paused is true");
        }
        if (!live.hasStatus()) {
            return live.withoutStatus();
        }
        if (live.isStale()) {
            return live.stale();
        }
        return live.condition("Progressing")
                .filter(c -> c.reason().equals("ProgressDeadlineExceeded"))
                .map(c -> Health.degraded(c.says()))
                .orElseGet(() -> rollout(live));
    }

    private static Health rollout(LiveObject live) {
        long desired = live.replicas();
        long updated = live.count("updatedReplicas");
        long old = live.count("replicas") - updated;
        long available = live.count("availableReplicas");
        if (updated < desired) {
            return Health.progressing(updated + " of " + desired + " pods updated" + failure(live));
        }
        if (old > 0) {
            return Health.progressing(old + (old == 1 ? " old pod has" : " old pods have") + " still to stop");
        }
        if (available < updated) {
            return Health.progressing(available + " of " + updated + " updated pods available");
        }
        return Health.healthy("");
    }

    /** Why its newest pods cannot be made, a quota for one: nothing else of the status says it. */
    private static String failure(LiveObject live) {
        return live.whenTrue("ReplicaFailure").map(c -> "; " + c.says()).orElse("");
    }
}
