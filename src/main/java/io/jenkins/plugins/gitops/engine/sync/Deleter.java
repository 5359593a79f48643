package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.DeletionPlanner.Deletion;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Deletes an application from its cluster: PreDelete hooks, its objects wave by wave, each wave awaited to be gone, PostDelete
 * hooks, what is left of any hook, and last the inventory. Until that is gone the deletion can be begun anew.
 */
public final class Deleter {
    private static final String KEPT = "kept: it stays in the cluster and belongs to no application any more";

    private final Cluster cluster;
    private final SyncListener listener;
    private final Comparison comparison;
    private final Deletion deletion;
    private final Plan plan;
    private final Results results;
    private final HookRunner hooks;
    private final HookPreflight preflight;
    private final Waves waves;
    private final InventoryKeeper keeper;

    /** @param cluster through which everything is written */
    public Deleter(
            Cluster cluster,
            Comparer comparer,
            SyncPolicy policy,
            HealthRules rules,
            SyncListener listener,
            Comparison comparison,
            Deletion deletion) {
        this.cluster = cluster;
        this.listener = listener;
        this.comparison = comparison;
        this.deletion = deletion;
        this.plan = deletion.plan();
        this.results = new Results(listener, plan.steps() + deletion.released().size());
        ObjectWriter writer =
                new ObjectWriter(cluster, results, comparison.recorded().id(), policy.timeout());
        SyncHealth health =
                new SyncHealth(cluster, policy, rules, listener, comparison, plan, results, writer, LooksAtGit.NEVER);
        this.hooks = new HookRunner(cluster, rules, listener, results);
        Preflight objects = new Preflight(cluster, comparer, comparison, results, writer, health);
        this.preflight = new HookPreflight(cluster, plan, results, List.of(), true);
        this.waves = new Waves(listener, results, writer, objects, hooks, health, Optional::empty);
        this.keeper = new InventoryKeeper(new Inventory(cluster), comparison, plan);
    }

    /** Never throws for what a cluster does: the outcome tells how far it came. */
    public Syncer.Outcome run() {
        listener.on(new SyncListener.Planned(plan.steps(), plan.left().size()));
        End end;
        try {
            end = preflight.check();
            if (end.result() == Result.Succeeded) {
                end = delete();
            }
            hooks.cleanUp(end.result());
            if (end.result() == Result.Succeeded) {
                forget();
            }
        } catch (CancelledException e) {
            end = new End(Result.Aborted, "stopped by request; delete it again to go on");
        } catch (ClusterException | ApiException e) {
            end = End.failed(e.getMessage());
        }
        if (end.result() == Result.Failed && end.message().isEmpty()) {
            end = End.failed(results.failures());
        }
        return ended(end, "not deleted, because the deletion ended before");
    }

    /** What {@link #run} would do; writes nothing. */
    public Syncer.Outcome pretend() {
        End end = preflight.check();
        for (HookTask hook : plan.hooks()) {
            if (!results.contains(hook)) {
                results.add(hook, Action.created, "", Duration.ZERO, Optional.empty());
            }
        }
        plan.tasks().forEach(task -> results.add(task, Action.deleted, "", Duration.ZERO));
        deletion.released().forEach(object -> results.add(released(object), Action.configured, KEPT, Duration.ZERO));
        return ended(end.result() == Result.Succeeded ? waiting() : end, "");
    }

    private End delete() {
        if (!plan.hooks().isEmpty()) {
            keeper.widen();
        }
        End end = waves.runAndAwait(List.of(), plan.hooksIn(Phase.PreDelete));
        if (end.result() == Result.Succeeded) {
            end = waves.runAndAwait(plan.tasks(), List.of());
        }
        if (end.result() == Result.Succeeded) {
            InParallel.map(deletion.released(), this::release);
            end = results.anyFailed() ? End.failed("") : waiting();
        }
        return end.result() == Result.Succeeded ? waves.runAndAwait(List.of(), plan.hooksIn(Phase.PostDelete)) : end;
    }

    /** What waits for somebody keeps the inventory, and with it the application. */
    private End waiting() {
        if (!comparison.warnings().isEmpty()) {
            return End.failed("the inventory stays, for not all that it records could be looked for: "
                    + String.join("; ", comparison.warnings()));
        }
        return plan.left().isEmpty()
                ? End.SUCCEEDED
                : new End(
                        Result.Waiting,
                        plan.left().size() + " objects stay, and with them the inventory: "
                                + plan.left().stream()
                                        .map(left -> left.object().key() + " " + left.reason())
                                        .collect(Collectors.joining("; ")));
    }

    private Compared release(Compared object) {
        long start = System.nanoTime();
        Task task = released(object);
        try {
            cluster.objects()
                    .release(object.resource().orElseThrow(), object.live().orElseThrow(), ApplySet.PART_OF);
            results.add(task, Action.configured, KEPT, Duration.ofNanos(System.nanoTime() - start));
        } catch (ApiException e) {
            results.add(
                    task,
                    Action.failed,
                    "its label cannot be removed: " + e.getMessage(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
        return object;
    }

    private static Task released(Compared object) {
        return new Task(Phase.Delete, 0, PlanReport.Action.configure, object);
    }

    private void forget() {
        Inventory inventory = new Inventory(cluster);
        if (!deletion.keepsObjects()) {
            new HookLeftovers(cluster, keeper.wide()).delete();
        }
        inventory.delete(comparison.recorded());
    }

    private Syncer.Outcome ended(End end, String why) {
        plan.tasks().stream()
                .filter(task -> !results.contains(task.key()))
                .forEach(task -> results.add(task, Action.skipped, why, Duration.ZERO));
        plan.hooks().stream()
                .filter(hook -> !results.contains(hook))
                .forEach(hook -> results.add(hook, Action.skipped, why, Duration.ZERO, Optional.empty()));
        deletion.released().stream()
                .filter(object -> !results.contains(object.key()))
                .forEach(object -> results.add(released(object), Action.skipped, why, Duration.ZERO));
        plan.left().forEach(results::add);
        return new Syncer.Outcome(end.result(), null, end.message(), results.list(), Optional.empty());
    }
}
