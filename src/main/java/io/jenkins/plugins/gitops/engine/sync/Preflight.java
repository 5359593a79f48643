package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be known before the first write (SEMANTICS 7): whether the cluster takes every object. The comparison's dry runs
 * tell; of those that it excused, a dry run as soon as the Namespace or CustomResourceDefinition that they need stands.
 */
final class Preflight {
    private static final ApiResource NAMESPACE = new ApiResource("", "v1", "Namespace", "namespaces", false);

    private final Cluster cluster;
    private final Comparer comparer;
    private final Comparison comparison;
    private final Results results;
    private final ObjectWriter writer;
    private final SyncHealth health;

    Preflight(
            Cluster cluster,
            Comparer comparer,
            Comparison comparison,
            Results results,
            ObjectWriter writer,
            SyncHealth health) {
        this.cluster = cluster;
        this.comparer = comparer;
        this.comparison = comparison;
        this.results = results;
        this.writer = writer;
        this.health = health;
    }

    /**
     * What {@link #judge} ended with.
     *
     * @param tasks in the same order, each judged
     */
    record Judged(End end, List<Task> tasks) {}

    /** Records what the dry runs rejected; a rejection ends the sync, a missing permission only its object. */
    End check(List<Task> tasks) {
        List<Task> rejected = having(tasks, Obstacle.rejected, Obstacle.immutable, Obstacle.unanswered);
        if (!having(tasks, Obstacle.unanswered).isEmpty()) {
            results.mayPass(Duration.ZERO);
        }
        for (Task task : rejected) {
            results.add(task, Action.failed, task.object().message(), Duration.ZERO);
        }
        if (!rejected.isEmpty()) {
            String first = rejected.getFirst().key() + ": "
                    + located(rejected.getFirst().object());
            return End.failed("the cluster does not take " + rejected.size() + " of " + tasks.size()
                    + " objects, so nothing more was written; the first: " + first);
        }
        for (Task task : having(tasks, Obstacle.forbidden)) {
            if (!results.contains(task.key())) {
                results.add(task, Action.failed, task.object().message(), Duration.ZERO);
            }
        }
        return End.SUCCEEDED;
    }

    /**
     * Judges what {@link #check} had to leave open; writes what that needs, and nothing else.
     *
     * @param hooks that need their Namespaces and CustomResourceDefinitions too
     */
    Judged judge(List<Task> tasks, List<HookTask> hooks) {
        List<ResourceKey> needy = Stream.concat(
                        having(tasks, Obstacle.excused).stream().map(Task::key),
                        hooks.stream().map(HookTask::key))
                .toList();
        List<Task> prerequisites = prerequisites(tasks, needy);
        if (having(tasks, Obstacle.excused).isEmpty() && prerequisites.isEmpty()) {
            return new Judged(End.SUCCEEDED, tasks);
        }
        createNamespaces(needy, tasks);
        End end = write(prerequisites);
        if (end.result() != Result.Succeeded) {
            return new Judged(end, tasks);
        }
        List<Task> judged = judgeAgain(tasks);
        return new Judged(check(judged), judged);
    }

    /** The Namespaces and CustomResourceDefinitions that others need: the only writes before the inventory. */
    private static List<Task> prerequisites(List<Task> tasks, List<ResourceKey> needy) {
        Set<String> namespaces = needy.stream().map(ResourceKey::namespace).collect(Collectors.toSet());
        Set<GroupKind> kinds = needy.stream().map(ResourceKey::groupKind).collect(Collectors.toSet());
        return tasks.stream()
                .filter(task -> !task.isPrune() && task.object().obstacle() == Obstacle.none)
                .filter(task -> task.key().isNamespace()
                                && namespaces.contains(task.key().name())
                        || task.key().isCustomResourceDefinition()
                                && kinds.contains(
                                        task.object().desired().orElseThrow().definedKind()))
                .toList();
    }

    private End write(List<Task> first) {
        InParallel.map(first, writer::write);
        if (results.anyFailed()
                && first.stream().anyMatch(task -> !writer.written().containsKey(task.key()))) {
            return End.failed("a Namespace or CustomResourceDefinition that others need could not be written");
        }
        return health.establish(first);
    }

    /** Namespaces that the option CreateNamespace wants: not tracked, and so never pruned. */
    private void createNamespaces(List<ResourceKey> needy, List<Task> tasks) {
        for (String name : comparison.namespacesToCreate()) {
            if (needy.stream().anyMatch(key -> key.namespace().equals(name))) {
                createNamespace(name, tasks.getFirst());
            }
        }
    }

    private void createNamespace(String name, Task first) {
        ObjectNode namespace = JsonNodeFactory.instance.objectNode();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        Task task = first.withObject(new Compared(
                new ResourceKey("", "Namespace", "", name),
                Optional.empty(),
                Optional.of(NAMESPACE),
                Optional.empty(),
                Verdict.Missing,
                List.of(),
                Ownership.none,
                "",
                Obstacle.none));
        try {
            cluster.objects().create(NAMESPACE, namespace, ObjectApi.Write.FOR_GOOD);
            results.add(
                    task, Action.created, "CreateNamespace=true; it is not tracked, so never pruned", Duration.ZERO);
        } catch (ApiException e) {
            if (e.status().code() != 409) {
                results.add(task, Action.failed, e.getMessage(), Duration.ZERO);
            }
        }
    }

    /**
     * Judges what could not be judged before its turn, and drops what the cluster does not take: that fails alone, for by now
     * others are written.
     */
    List<Task> judgeInTurn(List<Task> deferred) {
        if (deferred.stream().anyMatch(task -> task.object().resource().isEmpty())) {
            cluster.refreshDiscovery();
        }
        List<Task> ready = new ArrayList<>();
        for (Task task : InParallel.map(deferred, this::judgeAgain)) {
            Obstacle obstacle = task.object().obstacle();
            if (obstacle == Obstacle.none || obstacle == Obstacle.replaceable) {
                ready.add(task);
            } else {
                if (obstacle == Obstacle.unanswered) {
                    results.mayPass(Duration.ZERO);
                }
                results.add(task, Action.failed, task.object().message(), Duration.ZERO);
            }
        }
        return ready;
    }

    private Task judgeAgain(Task task) {
        return task.withObject(comparer.compareAgain(task.object(), comparison));
    }

    private List<Task> judgeAgain(List<Task> tasks) {
        return InParallel.map(tasks, task -> task.object().obstacle() == Obstacle.excused ? judgeAgain(task) : task);
    }

    private static List<Task> having(List<Task> tasks, Obstacle... obstacles) {
        return tasks.stream()
                .filter(task -> List.of(obstacles).contains(task.object().obstacle()))
                .toList();
    }

    private static String located(Compared object) {
        return object.message()
                + object.desired()
                        .map(Manifest::origin)
                        .map(origin -> " (" + origin + ")")
                        .orElse("");
    }
}
