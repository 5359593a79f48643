package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells which objects of some kinds and namespaces changed, in their status too: for whoever waits for them. It begins with all that
 * are there, so that nothing is missed between a look and the first change. Where the server does not let us watch, or a watch
 * has ended for good, it says so, and its user looks by himself.
 */
public final class ObjectWatch implements AutoCloseable {
    /** More are not opened: looking is cheaper then. */
    private static final int MOST = 50;
    /** Changes come in bursts; one look serves them all. */
    private static final Duration SETTLE = Duration.ofMillis(50);

    private final List<Watch> watches = new ArrayList<>();
    private final Set<ResourceKey> changed = new HashSet<>();
    private final Set<Listener> silent = new HashSet<>();
    private boolean lost;

    /** One kind in one namespace; the empty namespace for a kind without. */
    public record Place(ApiResource resource, String namespace) {}

    private ObjectWatch() {}

    /** @param labels of the objects that are watched; empty for all */
    public static ObjectWatch of(Cluster cluster, Collection<Place> places, Map<String, String> labels) {
        ObjectWatch watch = new ObjectWatch();
        if (places.size() > MOST) {
            watch.lose();
            return watch;
        }
        try {
            for (Place place : places) {
                watch.open(cluster, place, labels);
            }
        } catch (KubernetesClientException e) {
            // Not every user who may look may watch.
            watch.lose();
        }
        return watch;
    }

    private void open(Cluster cluster, Place place, Map<String, String> labels) {
        ApiResource resource = place.resource();
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(resource.group())
                .withVersion(resource.version())
                .withKind(resource.kind())
                .withPlural(resource.plural())
                .withNamespaced(resource.namespaced())
                .build();
        var all = cluster.client().genericKubernetesResources(context);
        var chosen =
                resource.namespaced() ? all.inNamespace(place.namespace()).withLabels(labels) : all.withLabels(labels);
        Listener listener = new Listener(resource);
        expect(listener);
        watches.add(chosen.watch(listener));
    }

    /**
     * Waits until something changed, or the time is over.
     *
     * @return what changed since the last call
     */
    public synchronized Set<ResourceKey> await(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean before = lost;
        while (changed.isEmpty() && lost == before) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Set.of();
            }
            wait(left);
        }
        long settled = System.nanoTime() + SETTLE.toNanos();
        for (long left = SETTLE.toMillis(); left > 0; left = (settled - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        Set<ResourceKey> result = Set.copyOf(changed);
        changed.clear();
        return result;
    }

    /** Whether changes are told: every watch has told something, and none has ended. */
    public synchronized boolean isWhole() {
        return !lost && silent.isEmpty();
    }

    private synchronized void expect(Listener listener) {
        silent.add(listener);
    }

    private synchronized void tell(Listener listener, ResourceKey key) {
        silent.remove(listener);
        changed.add(key);
        notifyAll();
    }

    private synchronized void lose() {
        lost = true;
        notifyAll();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private final class Listener implements Watcher<GenericKubernetesResource> {
        private final ApiResource resource;

        Listener(ApiResource resource) {
            this.resource = resource;
        }

        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            if (action != Action.BOOKMARK && action != Action.ERROR) {
                String namespace =
                        Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
                tell(
                        this,
                        new ResourceKey(
                                resource.groupKind(),
                                namespace,
                                object.getMetadata().getName()));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            lose();
        }
    }
}
