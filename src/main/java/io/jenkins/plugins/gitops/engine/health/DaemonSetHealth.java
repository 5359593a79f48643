package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** DaemonSet: every node that should run a pod runs an updated and available one. */
final class DaemonSetHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.isStale()) {
            return live.stale();
        }
        if (live.spec().path("updateStrategy").path("type").asText().equals("OnDelete")) {
            return Health.healthy("");
        }
        long desired = live.count("desiredNumberScheduled");
        long updated = live.count("updatedNumberScheduled");
        long available = live.count("numberAvailable");
        if (updated < desired) {
            return Health.progressing(updated + " of " + desired + " pods updated");
        }
        if (available < desired) {
            return Health.progressing(available + " of " + desired + " pods available");
        }
        return Health.healthy("");
    }
}
