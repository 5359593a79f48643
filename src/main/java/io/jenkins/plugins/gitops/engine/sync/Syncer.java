package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries one plan out (SEMANTICS 7): nothing is written when the pre-flight found a rejection; what the pre-flight could not
 * judge is judged as soon as its Namespace or CustomResourceDefinition stands; the inventory is widened before the first
 * apply and narrowed after the last prune; a wave begins when the one before it is healthy.
 */
public final class Syncer {
    private final InventoryKeeper inventory;
    private final Comparer comparer;
    private final SyncListener listener;
    private final Comparison comparison;
    private final Plan plan;
    private final Results results;
    private final ObjectWriter writer;
    private final SyncHealth health;
    private final boolean adopt;

    public Syncer(
            Cluster cluster,
            Comparer comparer,
            SyncPolicy policy,
            SyncListener listener,
            Comparison comparison,
            Plan plan) {
        this.inventory = new InventoryKeeper(new Inventory(cluster), comparison, plan);
        this.comparer = comparer;
        this.listener = listener;
        this.comparison = comparison;
        this.plan = plan;
        this.results = new Results(listener, plan.tasks().size());
        this.writer = new ObjectWriter(cluster, results);
        this.adopt = policy.adopt();
        this.health = new SyncHealth(cluster, policy, listener, comparison, plan, results, writer);
    }

    /**
     * What became of a sync.
     *
     * @param health null when nothing was written
     */
    public record Outcome(Result result, HealthStatus health, String message, List<ObjectSync> objects) {}

    /** Never throws for what a cluster does: the outcome tells, also how far an aborted sync came. */
    public Outcome run() {
        listener.on(new SyncListener.Planned(plan.tasks().size(), plan.left().size()));
        End end;
        HealthStatus status = null;
        try {
            end = preflight(plan.tasks());
            if (end.result() == Result.Succeeded) {
                end = write();
            }
            if (end.result() == Result.Succeeded || !writer.written().isEmpty()) {
                plan.left().forEach(results::add);
                End judged = health.judge(end);
                status = worst();
                end = judged;
                if (end.result() == Result.Succeeded) {
                    inventory.narrow(health.awaits());
                }
            }
        } catch (CancelledException e) {
            end = new End(Result.Aborted, "stopped by request");
        } catch (ClusterException | ApiException e) {
            end = End.failed(e.getMessage());
        }
        String why = "not written, because "
                + (end.result() == Result.Aborted ? "the sync was stopped" : "the sync failed before");
        plan.tasks().stream()
                .filter(task -> !results.contains(task.key()))
                .forEach(task -> results.add(task, Action.skipped, why, Duration.ZERO));
        plan.left().stream()
                .filter(left -> !results.contains(left.object().key()))
                .forEach(results::add);
        return new Outcome(end.result(), status, end.message(), results.list());
    }

    /** What {@link #run} would do, as far as the dry runs can tell; writes nothing. */
    public Outcome pretend() {
        End end = preflight(plan.tasks());
        for (Task task : plan.tasks()) {
            if (!results.contains(task.key())) {
                boolean judged = end.result() == Result.Succeeded;
                results.add(
                        task,
                        judged ? would(task) : Action.skipped,
                        task.object().message(),
                        Duration.ZERO);
            }
        }
        plan.left().forEach(results::add);
        if (end.result() == Result.Succeeded && results.anyFailed()) {
            end = End.failed(results.failures());
        }
        return new Outcome(end.result(), null, end.message(), results.list());
    }

    private static Action would(Task task) {
        return switch (task.action()) {
            case create -> Action.created;
            case configure -> Action.configured;
            case prune -> Action.pruned;
        };
    }

    /** Records what the dry runs rejected; a rejection ends the sync, a missing permission only its object. */
    private End preflight(List<Task> tasks) {
        List<Task> rejected = having(tasks, Obstacle.rejected, Obstacle.immutable);
        for (Task task : rejected) {
            results.add(task, Action.failed, task.object().message(), Duration.ZERO);
        }
        if (!rejected.isEmpty()) {
            String first = rejected.getFirst().key() + ": "
                    + located(rejected.getFirst().object());
            return End.failed("the cluster does not take " + rejected.size() + " of "
                    + plan.tasks().size() + " objects, so nothing more was written; the first: " + first);
        }
        for (Task task : having(tasks, Obstacle.forbidden)) {
            if (!results.contains(task.key())) {
                results.add(task, Action.failed, task.object().message(), Duration.ZERO);
            }
        }
        return End.SUCCEEDED;
    }

    private End write() {
        List<Task> tasks = plan.tasks();
        List<Task> excused = having(tasks, Obstacle.excused);
        if (!excused.isEmpty()) {
            End end = writePrerequisites(tasks, excused);
            if (end.result() != Result.Succeeded) {
                return end;
            }
            tasks = judgeAgain(tasks);
            end = preflight(tasks);
            if (end.result() != Result.Succeeded) {
                return end;
            }
        }
        if (tasks.stream().anyMatch(task -> !task.isPrune() && !results.contains(task.key()))) {
            inventory.widen();
        }
        return writeWaves(tasks);
    }

    /** The Namespaces and CustomResourceDefinitions that excused objects need: the only writes before the inventory. */
    private End writePrerequisites(List<Task> tasks, List<Task> excused) {
        Set<String> namespaces =
                excused.stream().map(task -> task.key().namespace()).collect(Collectors.toSet());
        Set<GroupKind> kinds =
                excused.stream().map(task -> task.key().groupKind()).collect(Collectors.toSet());
        List<Task> first = tasks.stream()
                .filter(task -> !task.isPrune() && task.object().obstacle() == Obstacle.none)
                .filter(task -> task.key().isNamespace()
                                && namespaces.contains(task.key().name())
                        || task.key().isCustomResourceDefinition()
                                && kinds.contains(
                                        task.object().desired().orElseThrow().definedKind()))
                .toList();
        InParallel.map(first, writer::write);
        if (results.anyFailed()
                && first.stream().anyMatch(task -> !writer.written().containsKey(task.key()))) {
            return End.failed("a Namespace or CustomResourceDefinition that others need could not be written");
        }
        return health.establish(first);
    }

    private List<Task> judgeAgain(List<Task> tasks) {
        return InParallel.map(
                tasks,
                task -> task.object().obstacle() == Obstacle.excused
                        ? new Task(
                                task.phase(),
                                task.wave(),
                                task.action(),
                                comparer.compareAgain(task.object(), comparison.recorded(), adopt))
                        : task);
    }

    private End writeWaves(List<Task> tasks) {
        Map<Integer, List<Task>> waves =
                tasks.stream().collect(Collectors.groupingBy(Task::wave, LinkedHashMap::new, Collectors.toList()));
        List<Integer> order = new ArrayList<>(waves.keySet());
        for (int wave : order) {
            List<Task> now = waves.get(wave);
            int failedBefore = results.failed();
            listener.on(new SyncListener.WaveStarted(now.getFirst().phase().name(), wave, now.size()));
            End end = writeWave(now);
            if (end.result() != Result.Succeeded) {
                return end;
            }
            if (results.failed() > failedBefore) {
                return End.failed("");
            }
            if (wave != order.getLast()) {
                End healthy = health.awaitWave(wave, now);
                if (healthy.result() != Result.Succeeded) {
                    return healthy;
                }
            }
        }
        return End.SUCCEEDED;
    }

    /** Prunes, then applies, kind by kind; objects of one kind in parallel. */
    private End writeWave(List<Task> wave) {
        Map<Object, List<Task>> kinds = wave.stream()
                .filter(task -> !results.contains(task.key()))
                .collect(Collectors.groupingBy(
                        task -> List.of(task.isPrune(), task.key().groupKind()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        for (List<Task> kind : kinds.values()) {
            InParallel.map(kind, writer::write);
            End end = health.establish(kind);
            if (end.result() != Result.Succeeded) {
                return end;
            }
        }
        return End.SUCCEEDED;
    }

    private HealthStatus worst() {
        return results.list().stream()
                .map(ObjectSync::health)
                .filter(status -> status != null)
                .max(Comparator.naturalOrder())
                .orElse(HealthStatus.Healthy);
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
