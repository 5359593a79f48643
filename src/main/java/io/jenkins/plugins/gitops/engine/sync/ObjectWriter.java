package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.SecretMask;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Writes single objects and records what became of each. */
final class ObjectWriter {
    private final Cluster cluster;
    private final Results results;
    private final ObjectMethods methods;
    private final Duration deletionTimeout;
    private final Map<ResourceKey, ObjectNode> written = new ConcurrentHashMap<>();

    /** @param deletionTimeout how long the end of an object is awaited that is to be created anew */
    ObjectWriter(Cluster cluster, Results results, String applySetId, Duration deletionTimeout) {
        this.cluster = cluster;
        this.results = results;
        this.methods = new ObjectMethods(cluster.objects(), applySetId);
        this.deletionTimeout = deletionTimeout;
    }

    /** The objects as the server stored them. */
    Map<ResourceKey, ObjectNode> written() {
        return written;
    }

    /** Writes or prunes one object; a refusal is recorded, only the loss of the cluster is thrown. */
    Task write(Task task) {
        long start = System.nanoTime();
        try {
            switch (task.action()) {
                case prune, delete -> prune(task, start);
                case replace -> remake(task, start);
                case create, configure -> write(task, start);
            }
        } catch (ApiException e) {
            if (e.status().retryable()) {
                results.mayPass(e.status().retryAfter());
            }
            results.add(task, Action.failed, explain(task.object(), e), since(start));
        } catch (ClusterException e) {
            results.add(
                    task,
                    Action.failed,
                    e.getMessage() + "; whether it was written is not known, the next sync will tell",
                    since(start));
            throw e;
        } catch (CancelledException e) {
            results.add(
                    task, Action.failed, "stopped while it was being written; the next sync will tell", since(start));
            throw e;
        }
        return task;
    }

    private void write(Task task, long start) {
        Compared object = task.object();
        ObjectNode result = methods.write(object, resource(object), object.live());
        written.put(task.key(), result);
        String before = object.live().map(ObjectWriter::uid).orElse("");
        boolean gone = !before.isEmpty() && !before.equals(uid(result));
        boolean same = object.live()
                .filter(live -> version(live).equals(version(result)))
                .isPresent();
        Action action = before.isEmpty() || gone ? Action.created : same ? Action.unchanged : Action.configured;
        results.add(
                task,
                action,
                gone ? "somebody had deleted it after it was compared" : takenFields(object),
                since(start));
    }

    /** Deletes what cannot be changed, and creates it as Git declares it (Force=true). */
    private void remake(Task task, long start) {
        Compared object = task.object();
        delete(object);
        long deadline = start + deletionTimeout.toNanos();
        while (isThere(object)) {
            if (System.nanoTime() > deadline) {
                results.add(
                        task,
                        Action.failed,
                        "it is still being deleted after " + deletionTimeout.toSeconds()
                                + " s, so it was not created anew; see its finalizers",
                        since(start));
                return;
            }
            Timing.REAL.sleep().accept(Duration.ofMillis(200));
        }
        written.put(task.key(), methods.write(object, resource(object), Optional.empty()));
        results.add(task, Action.replaced, object.message(), since(start));
    }

    private boolean isThere(Compared object) {
        String before = uid(object.live().orElseThrow());
        return cluster.objects()
                .get(resource(object), object.key().namespace(), object.key().name())
                .filter(live -> uid(live).equals(before))
                .isPresent();
    }

    private void prune(Task task, long start) {
        try {
            delete(task.object());
            results.add(task, gone(task), "", since(start));
        } catch (ApiException e) {
            if (!e.status().notFound()) {
                throw e;
            }
            results.add(task, gone(task), "was already gone", since(start));
        }
    }

    private static Action gone(Task task) {
        return task.action() == PlanReport.Action.delete ? Action.deleted : Action.pruned;
    }

    private void delete(Compared object) {
        String propagation = object.options().value(SyncOption.PrunePropagationPolicy);
        cluster.objects()
                .delete(
                        object.resource().orElseThrow(),
                        object.key().namespace(),
                        object.key().name(),
                        uid(object.live().orElseThrow()),
                        propagation.substring(0, 1).toUpperCase(Locale.ROOT) + propagation.substring(1));
    }

    private ApiResource resource(Compared object) {
        return object.resource()
                .or(() -> cluster.discovery()
                        .find(
                                object.desired().orElseThrow().apiVersion(),
                                object.key().kind()))
                .orElseThrow();
    }

    /** The fields whose values other managers set and that this apply takes from them. */
    private static String takenFields(Compared object) {
        if (object.live().isEmpty()) {
            return "";
        }
        ManagedFields owners = ManagedFields.of(object.live().get());
        Map<String, List<String>> taken = object.differences().stream()
                .filter(difference -> difference.live().isPresent())
                .flatMap(difference -> owners
                        .writerOf(difference.path())
                        .filter(writer -> !writer.manager().equals(ObjectApi.FIELD_MANAGER))
                        .map(writer ->
                                Map.entry(writer.manager(), difference.path().toString()))
                        .stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return taken.entrySet().stream()
                .map(entry -> "took " + String.join(", ", entry.getValue()) + " from " + entry.getKey())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String explain(Compared object, ApiException e) {
        Optional<Manifest> manifest = object.desired();
        String message = manifest.map(desired -> SecretMask.scrub(desired, e.getMessage()))
                .orElse(e.getMessage());
        return e.status().notFound() && manifest.isPresent()
                ? message + "; its namespace, or its kind, is no longer there as it was when it was compared"
                : message;
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText("");
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
