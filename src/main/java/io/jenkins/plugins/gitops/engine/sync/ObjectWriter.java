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
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Writes single objects and records what became of each. */
final class ObjectWriter {
    private static final int MIGRATION_ATTEMPTS = 5;

    private final Cluster cluster;
    private final Results results;
    private final Map<ResourceKey, ObjectNode> written = new ConcurrentHashMap<>();

    ObjectWriter(Cluster cluster, Results results) {
        this.cluster = cluster;
        this.results = results;
    }

    /** The objects as the server stored them. */
    Map<ResourceKey, ObjectNode> written() {
        return written;
    }

    /** Applies or prunes one object; a refusal is recorded, only the loss of the cluster is thrown. */
    Task write(Task task) {
        long start = System.nanoTime();
        try {
            if (task.isPrune()) {
                prune(task, start);
            } else {
                apply(task, start);
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

    private void apply(Task task, long start) {
        Compared object = task.object();
        Manifest manifest = object.desired().orElseThrow();
        ApiResource resource = object.resource()
                .or(() -> cluster.discovery()
                        .find(manifest.apiVersion(), task.key().kind()))
                .orElseThrow();
        migrate(object, resource);
        ObjectNode result = cluster.objects().apply(resource, manifest.content(), false);
        written.put(task.key(), result);
        String before = object.live().map(ObjectWriter::version).orElse("");
        Action action = before.isEmpty()
                ? Action.created
                : before.equals(version(result)) ? Action.unchanged : Action.configured;
        results.add(task, action, takenFields(object), since(start));
    }

    /** What {@code kubectl apply} set becomes ours before the apply, so that the apply can remove what Git does not declare. */
    private void migrate(Compared object, ApiResource resource) {
        Optional<ObjectNode> live = object.live();
        for (int attempt = 1; live.isPresent() && ManagedFields.of(live.get()).awaitsMigration(); attempt++) {
            try {
                cluster.objects().takeOverClientSideApply(resource, live.get());
                return;
            } catch (ApiException e) {
                boolean changedMeanwhile =
                        e.status().code() == 409 || e.status().code() == 422;
                if (!changedMeanwhile || attempt == MIGRATION_ATTEMPTS) {
                    throw e;
                }
            }
            live = cluster.objects()
                    .get(resource, object.key().namespace(), object.key().name());
        }
    }

    private void prune(Task task, long start) {
        Compared object = task.object();
        ObjectNode live = object.live().orElseThrow();
        try {
            cluster.objects()
                    .delete(
                            object.resource().orElseThrow(),
                            task.key().namespace(),
                            task.key().name(),
                            live.path("metadata").path("uid").asText());
            results.add(task, Action.pruned, "", since(start));
        } catch (ApiException e) {
            if (!e.status().notFound()) {
                throw e;
            }
            results.add(task, Action.pruned, "was already gone", since(start));
        }
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
        return manifest.map(desired -> SecretMask.scrub(object.key(), desired.content(), e.getMessage()))
                .orElse(e.getMessage());
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
