package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The watch on the labelled objects of one kind, in one namespace or in all. Reconnects by itself, less and less often. */
final class WatchedKind implements AutoCloseable {
    private static final Duration FIRST_LIST = Duration.ofSeconds(60);

    private final ApiResource resource;
    private final String namespace;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile boolean begun;
    private volatile String error = "";

    private WatchedKind(Cluster cluster, ApiResource resource, String namespace, String label) {
        this.resource = resource;
        this.namespace = namespace;
        var all = cluster.client().genericKubernetesResources(resource.context());
        this.informer = (resource.namespaced() && !namespace.isEmpty()
                        ? all.inNamespace(namespace).withLabel(label)
                        : resource.namespaced() ? all.inAnyNamespace().withLabel(label) : all.withLabel(label))
                .runnableInformer(0);
    }

    /**
     * Returns when what is there is known, and begins then to tell of changes.
     *
     * @param namespace empty for all
     * @throws ApiForbidden when it may not be listed or watched
     * @throws ClusterException when the server does not answer
     */
    static WatchedKind start(Cluster cluster, ApiResource resource, String namespace, String label, Handler handler)
            throws InterruptedException {
        WatchedKind kind = new WatchedKind(cluster, resource, namespace, label);
        try {
            kind.informer
                    .itemStore(new PackedObjects())
                    .exceptionHandler((started, e) -> kind.failed(started, e))
                    .addEventHandler(kind.new Events(handler))
                    .start()
                    .toCompletableFuture()
                    .get(FIRST_LIST.toSeconds(), TimeUnit.SECONDS);
            kind.begun = true;
            return kind;
        } catch (ExecutionException | TimeoutException e) {
            kind.close();
            throw problem(resource, namespace, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            kind.close();
            throw e;
        }
    }

    private static RuntimeException problem(ApiResource resource, String namespace, Throwable e) {
        String what = resource.groupKind() + (namespace.isEmpty() ? " in all namespaces" : " in " + namespace);
        if (e instanceof KubernetesClientException refused && refused.getCode() == 403) {
            return new ApiForbidden(what + " may not be watched: " + refused.getMessage());
        }
        return ClusterException.of(what + " cannot be watched: " + e.getMessage(), e, true);
    }

    private boolean failed(boolean started, Throwable e) {
        error = String.valueOf(e.getMessage());
        return started;
    }

    /** Whether changes are told at the moment. */
    boolean isWatching() {
        return informer.isWatching();
    }

    boolean isOver() {
        return informer.stopped().toCompletableFuture().isDone();
    }

    /** The last one; empty when there was none. */
    String error() {
        return error;
    }

    ApiResource resource() {
        return resource;
    }

    @Override
    public String toString() {
        return resource.groupKind() + (namespace.isEmpty() ? "" : " in " + namespace);
    }

    @Override
    public void close() {
        informer.close();
    }

    /** Hears what became of an object; {@code before} is null for one that is new, {@code after} for one that is gone. */
    interface Handler {
        /** @param initial whether it was there when the watch began */
        void seen(
                ApiResource resource,
                GenericKubernetesResource before,
                GenericKubernetesResource after,
                boolean initial);
    }

    /** It may not be done; whoever may do it in single namespaces can try that. */
    static final class ApiForbidden extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ApiForbidden(String message) {
            super(message);
        }

        RefusedException asRefusal() {
            return new RefusedException(getMessage());
        }
    }

    private final class Events implements ResourceEventHandler<GenericKubernetesResource> {
        private final Handler handler;

        Events(Handler handler) {
            this.handler = handler;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            handler.seen(resource, null, object, !begun);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            handler.seen(resource, before, after, false);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            handler.seen(resource, object, null, false);
        }
    }
}
