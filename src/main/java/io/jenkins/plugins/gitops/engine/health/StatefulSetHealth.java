package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** StatefulSet: all pods ready, and of the revision that its update strategy asks for. */
final class StatefulSetHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        if (live.observedGeneration() == 0 || live.isStale()) {
            return live.stale();
        }
        long desired = live.replicas();
        long ready = live.count("readyReplicas");
        if (ready < desired) {
            return Health.progressing(ready + " of " + desired + " pods ready");
        }
        if (live.spec().path("updateStrategy").path("type").asText().equals("OnDelete")) {
            return Health.healthy("");
        }
        // The API server defaults the partition to 0, which holds no pod back: that is no partition.
        long partition = LiveObject.whole(
                "spec.updateStrategy.rollingUpdate.partition",
                live.spec().path("updateStrategy").path("rollingUpdate").path("partition"),
                0);
        return partition > 0 ? partitioned(live, desired - partition) : complete(live, desired);
    }

    private static Health partitioned(LiveObject live, long wanted) {
        long updated = live.count("updatedReplicas");
        return updated < wanted
                ? Health.progressing(updated + " of " + wanted + " pods above the partition updated")
                : Health.healthy("");
    }

    private static Health complete(LiveObject live, long desired) {
        String current = live.status().path("currentRevision").asText();
        String update = live.status().path("updateRevision").asText();
        return current.equals(update)
                ? Health.healthy("")
                : Health.progressing(live.count("updatedReplicas") + " of " + desired + " pods updated to revision "
                        + update + " from " + current);
    }
}
