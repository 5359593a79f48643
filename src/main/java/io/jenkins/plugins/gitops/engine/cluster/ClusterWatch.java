package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Watches the members of one inventory and calls back when one of them changed in more than its status. Reconnects by
 * itself; calls back on threads of its own.
 */
public final class ClusterWatch implements AutoCloseable {
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private volatile boolean started;

    private ClusterWatch() {}

    /** Starts watching every kind and namespace that the inventory records. */
    public static ClusterWatch of(Cluster cluster, ApplySet set, Consumer<ResourceKey> changed) {
        ClusterWatch watch = new ClusterWatch();
        Set<String> namespaces = new TreeSet<>(set.namespaces());
        namespaces.add(set.namespace());
        for (var kind : set.groupKinds()) {
            Optional<ApiResource> resource = cluster.discovery().find(kind);
            if (resource.isPresent()) {
                Set<String> places = resource.get().namespaced() ? namespaces : Set.of("");
                places.forEach(namespace -> watch.add(cluster, resource.get(), namespace, set.id(), changed));
            }
        }
        watch.started = true;
        return watch;
    }

    private void add(
            Cluster cluster, ApiResource resource, String namespace, String id, Consumer<ResourceKey> changed) {
        var all = cluster.client().genericKubernetesResources(resource.context());
        var handler = new Handler(resource, changed);
        informers.add(
                resource.namespaced()
                        ? all.inNamespace(namespace)
                                .withLabel(ApplySet.PART_OF, id)
                                .inform(handler)
                        : all.withLabel(ApplySet.PART_OF, id).inform(handler));
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        private final ApiResource resource;
        private final Consumer<ResourceKey> changed;

        Handler(ApiResource resource, Consumer<ResourceKey> changed) {
            this.resource = resource;
            this.changed = changed;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            tell(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            if (!Essence.of(before).equals(Essence.of(after))) {
                tell(after);
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            tell(object);
        }

        private void tell(GenericKubernetesResource object) {
            if (started) {
                String namespace =
                        Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
                changed.accept(new ResourceKey(
                        resource.groupKind(), namespace, object.getMetadata().getName()));
            }
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
