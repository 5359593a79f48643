package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which storage classes bind a claim at its first consumer only; each is asked for once. */
public final class StorageClasses implements Predicate<String> {
    private final Cluster cluster;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    public StorageClasses(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public boolean test(String storageClass) {
        return known.computeIfAbsent(storageClass, this::read);
    }

    /** Who may not read storage classes, as those who are confined to a namespace, cannot know: then no claim is waited for. */
    private boolean read(String storageClass) {
        try {
            return cluster.discovery()
                    .find(new GroupKind("storage.k8s.io", "StorageClass"))
                    .flatMap(resource -> cluster.objects().get(resource, "", storageClass))
                    .filter(found -> found.path("volumeBindingMode").asText().equals("WaitForFirstConsumer"))
                    .isPresent();
        } catch (ApiException e) {
            return e.status().unauthorized();
        }
    }
}
