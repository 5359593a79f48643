package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    private boolean closed;

    /** One kind in one namespace; the empty namespace for a kind without. */
    public record Place(ApiResource resource, String namespace) {}

    private ObjectWatch() {}

    /**
     * Begins to watch, on a thread of its own: whoever waits must be free to be interrupted, and opening a watch takes an interrupt
     * for a lost connection.
     *
     * @param labels of the objects that are watched; empty for all
     */
    public static ObjectWatch of(Cluster cluster, Collection<Place> places, Map<String, String> labels) {
        ObjectWatch watch = new ObjectWatch();
        if (places.size() > MOST) {
            watch.lose();
            return watch;
        }
        Map<Place, Listener> listeners = new HashMap<>();
        places.forEach(place -> listeners.put(place, watch.new Listener(place.resource())));
        watch.silent.addAll(listeners.values());
        Thread.ofVirtual()
                .name("opens watches")
                .start(() -> listeners.forEach((place, listener) -> watch.open(cluster, place, labels, listener)));
        return watch;
    }

    private void open(Cluster cluster, Place place, Map<String, String> labels, Listener listener) {
        if (isClosed()) {
            return;
        }
        ApiResource resource = place.resource();
        try {
            var all = cluster.client().genericKubernetesResources(resource.context());
            keep(
                    resource.namespaced()
                            ? all.inNamespace(place.namespace())
                                    .withLabels(labels)
                                    .watch(listener)
                            : all.withLabels(labels).watch(listener));
        } catch (KubernetesClientException e) {
            // Not every user who may look may watch.
            lose();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void keep(Watch watch) {
        watches.add(watch);
        if (closed) {
            watch.close();
        }
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
    public synchronized void close() {
        closed = true;
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
