package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which objects a sync waits for (SEMANTICS 12). Some stay Progressing for good through no fault of theirs: a volume claim
 * that binds only when a pod uses it, an autoscaler that no controller has looked at.
 *
 * <p>An Ingress or a load balancer whose rule is switched off has no health, and so nothing waits for it.
 */
public final class Waiting {
    private final Predicate<String> waitsForFirstConsumer;

    /**
     * @param waitsForFirstConsumer whether the StorageClass of that name has {@code volumeBindingMode:
     *     WaitForFirstConsumer}; never asked with an empty name
     */
    public Waiting(Predicate<String> waitsForFirstConsumer) {
        this.waitsForFirstConsumer = waitsForFirstConsumer;
    }

    /**
     * Whether a wave that holds this object is not over yet. A Degraded object blocks too: whether it also fails the wave
     * is the caller's to say. Suspended does not block: someone asked for it, and it does not end by itself.
     *
     * @param health what {@link HealthRules#assess} said of {@code live}
     */
    public boolean blocks(ObjectNode live, Optional<Health> health) {
        if (health.isEmpty()) {
            return false;
        }
        HealthStatus status = health.get().status();
        if (status == HealthStatus.Healthy || status == HealthStatus.Suspended) {
            return false;
        }
        LiveObject object = new LiveObject(live);
        boolean excused = !object.metadata().has("deletionTimestamp") && (isUnusedClaim(object) || isUnseen(object));
        return !excused;
    }

    /**
     * The health that counts towards the application's: an object that nobody waits for, because nothing has begun to act on
     * it, has none. Otherwise an application whose sync succeeded would be Progressing for as long as it exists.
     */
    public Optional<Health> counted(ObjectNode live, Optional<Health> health) {
        return health.filter(known -> known.status() == HealthStatus.Healthy
                || known.status() == HealthStatus.Suspended
                || blocks(live, health));
    }

    private boolean isUnusedClaim(LiveObject object) {
        if (!object.groupKind().is("", "PersistentVolumeClaim")
                || !object.status().path("phase").asText("Pending").equals("Pending")) {
            return false;
        }
        String storageClass = object.spec().path("storageClassName").asText();
        return storageClass.isEmpty() || waitsForFirstConsumer.test(storageClass);
    }

    private static boolean isUnseen(LiveObject object) {
        return object.groupKind().is("autoscaling", "HorizontalPodAutoscaler")
                && HorizontalPodAutoscalerHealth.isUnseen(object);
    }
}
