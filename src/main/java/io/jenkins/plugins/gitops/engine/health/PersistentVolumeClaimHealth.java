package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** PersistentVolumeClaim: its phase. */
final class PersistentVolumeClaimHealth implements HealthRule {
    @Override
    public Health assess(LiveObject live) {
        return switch (live.status().path("phase").asText()) {
            case "Bound" -> Health.healthy("");
            case "Lost" ->
                Health.degraded("its volume " + live.spec().path("volumeName").asText() + " is lost");
            default -> Health.progressing("no volume bound yet, " + storageClass(live));
        };
    }

    private static String storageClass(LiveObject live) {
        String name = live.spec().path("storageClassName").asText();
        return name.isEmpty() ? "no storage class" : "storage class " + name;
    }
}
