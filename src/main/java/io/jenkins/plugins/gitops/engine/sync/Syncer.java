package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Carries one plan out (SEMANTICS 7): nothing is written when the pre-flight found a rejection; what the pre-flight could not
 * judge is judged as soon as its Namespace or CustomResourceDefinition stands; the inventory is widened before the first
 * apply and narrowed after the last prune; a wave begins when the one before it is healthy.
 */
public final class Syncer {
    private final InventoryKeeper inventory;
    private final Preflight preflight;
    private final Waves waves;
    private final SyncListener listener;
    private final Plan plan;
    private final Results results;
    private final ObjectWriter writer;
    private final SyncHealth health;

    public Syncer(
            Cluster cluster,
            Comparer comparer,
            SyncPolicy policy,
            SyncListener listener,
            Comparison comparison,
            Plan plan) {
        this.inventory = new InventoryKeeper(new Inventory(cluster), comparison, plan);
        this.listener = listener;
        this.plan = plan;
        this.results = new Results(listener, plan.tasks().size());
        this.writer = new ObjectWriter(cluster, results);
        this.health = new SyncHealth(cluster, policy, listener, comparison, plan, results, writer);
        this.preflight = new Preflight(comparer, comparison, policy.adopt(), results, writer, health);
        this.waves = new Waves(listener, results, writer, health);
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
            end = preflight.check(plan.tasks());
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
        End end = preflight.check(plan.tasks());
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

    private End write() {
        Preflight.Judged judged = preflight.judge(plan.tasks());
        if (judged.end().result() != Result.Succeeded) {
            return judged.end();
        }
        if (judged.tasks().stream().anyMatch(task -> !task.isPrune() && !results.contains(task.key()))) {
            inventory.widen();
        }
        return waves.run(judged.tasks());
    }

    private HealthStatus worst() {
        return results.list().stream()
                .map(ObjectSync::health)
                .filter(status -> status != null)
                .max(Comparator.naturalOrder())
                .orElse(HealthStatus.Healthy);
    }
}
