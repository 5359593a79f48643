package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** Deployment: rolled out when every desired pod is updated and available and no old one is left. */
final class DeploymentHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.spec().path("paused").asBoolean()) {
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
        int desired = live.spec().path("replicas").asInt(1);
        int updated = live.count("updatedReplicas");
        int old = live.count("replicas") - updated;
        int available = live.count("availableReplicas");
        if (updated < desired) {
            return Health.progressing(updated + " of " + desired + " pods updated");
        }
        if (old > 0) {
            return Health.progressing(old + (old == 1 ? " old pod has" : " old pods have") + " still to stop");
        }
        if (available < updated) {
            return Health.progressing(available + " of " + updated + " updated pods available");
        }
        return Health.healthy("");
    }
}
