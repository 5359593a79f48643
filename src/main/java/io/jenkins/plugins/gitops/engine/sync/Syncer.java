package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.compare.Comparer;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries one plan out (SEMANTICS 7): nothing is written when the pre-flight found a rejection; what the pre-flight could not
 * judge is judged as soon as its Namespace or CustomResourceDefinition stands; the inventory is widened before the first
 * apply and narrowed after the last prune; a wave begins when the one before it is healthy.
 */
public final class Syncer {
    private final SyncLock lock;
    private final InventoryKeeper inventory;
    private final Preflight preflight;
    private final Waves waves;
    private final SyncListener listener;
    private final Plan plan;
    private final Results results;
    private final ObjectWriter writer;
    private final HookRunner hooks;
    private final HookPreflight hookPreflight;
    private final SyncHealth health;
    /** Whether the waves began: from here on a failure is one that SyncFail hooks are for. */
    private boolean begun;

    /**
     * @param lock through which everything is written
     * @param newerRevision asked between waves: what supersedes this sync
     * @param git asked while it waits for health: what supersedes it too
     */
    public Syncer(
            SyncLock lock,
            Comparer comparer,
            SyncPolicy policy,
            HealthRules rules,
            SyncListener listener,
            Comparison comparison,
            Plan plan,
            Supplier<Optional<String>> newerRevision,
            LooksAtGit git) {
        Cluster cluster = lock.cluster();
        this.lock = lock;
        this.inventory = new InventoryKeeper(new Inventory(cluster), comparison, plan);
        this.listener = listener;
        this.plan = plan;
        this.results = new Results(listener, plan.steps());
        this.writer = new ObjectWriter(cluster, results, comparison.recorded().id(), policy.timeout());
        this.health = new SyncHealth(cluster, policy, rules, listener, comparison, plan, results, writer, git);
        this.preflight = new Preflight(cluster, comparer, comparison, results, writer, health);
        this.hooks = new HookRunner(cluster, rules, listener, results);
        this.hookPreflight = new HookPreflight(
                cluster,
                plan,
                results,
                comparison.namespacesToCreate(),
                comparison.rules().preflight());
        this.waves = new Waves(listener, results, writer, preflight, hooks, health, newerRevision);
    }

    /**
     * What became of a sync.
     *
     * @param health null when nothing was written
     * @param mayPass whether a failure may pass when it is tried again, and how long the server asks to wait before; empty when
     *     that would not help
     */
    public record Outcome(
            Result result, HealthStatus health, String message, List<ObjectSync> objects, Optional<Duration> mayPass) {
        /** Of a try that came to nothing. */
        static Outcome failed(ClusterException e) {
            return new Outcome(
                    Result.Failed,
                    null,
                    e.getMessage(),
                    List.of(),
                    e.mayPass() ? Optional.of(Duration.ZERO) : Optional.empty());
        }
    }

    /** Never throws for what a cluster does: the outcome tells, also how far an aborted sync came. */
    public Outcome run() {
        listener.on(new SyncListener.Planned(plan.steps(), plan.left().size()));
        End end;
        HealthStatus status = null;
        try {
            end = check();
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
            if (begun && end.result() == Result.Failed) {
                end = failed(end);
            }
            hooks.cleanUp(end.result());
            end = unlessWaiting(end);
        } catch (CancelledException e) {
            end = new End(Result.Aborted, "stopped by request");
        } catch (ApiException e) {
            if (e.status().retryable()) {
                results.mayPass(e.status().retryAfter());
            }
            end = End.failed(e.getMessage());
        } catch (ClusterException e) {
            if (e.mayPass()) {
                results.mayPass(Duration.ZERO);
            }
            end = End.failed(e.getMessage());
        } catch (RefusedException e) {
            end = End.failed(e.getMessage());
        }
        if (end.result() == Result.Failed && end.message().isEmpty()) {
            end = End.failed(results.failures());
        }
        String why = "not written, because "
                + switch (end.result()) {
                    case Aborted -> "the sync was stopped";
                    case Superseded -> "a newer revision superseded the sync";
                    default -> "the sync failed before";
                };
        plan.tasks().stream()
                .filter(task -> !results.contains(task.key()))
                .forEach(task -> results.add(task, Action.skipped, why, Duration.ZERO));
        if (end.result() != Result.Succeeded) {
            plan.hooks().stream()
                    .filter(hook -> hook.phase() != Phase.SyncFail && !results.contains(hook))
                    .forEach(hook -> results.add(hook, Action.skipped, why, Duration.ZERO, Optional.empty()));
        }
        plan.left().stream()
                .filter(left -> !results.contains(left.object().key()))
                .forEach(results::add);
        return new Outcome(end.result(), status, end.message(), results.list(), results.mayPass());
    }

    /** What {@link #run} would do, as far as the dry runs can tell; writes nothing. */
    public Outcome pretend() {
        End end = check();
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
        for (HookTask hook : plan.hooks()) {
            if (!results.contains(hook)) {
                boolean runs = end.result() == Result.Succeeded && hook.phase() != Phase.SyncFail;
                results.add(
                        hook,
                        runs ? would(hook) : Action.skipped,
                        would(hook.phase()),
                        Duration.ZERO,
                        Optional.empty());
            }
        }
        plan.left().forEach(results::add);
        if (end.result() == Result.Succeeded && results.anyFailed()) {
            end = End.failed(results.failures());
        }
        end = unlessWaiting(end);
        return new Outcome(end.result(), null, end.message(), results.list(), results.mayPass());
    }

    /** All else is done; what must be confirmed ends the sync, so that its lock is free while people think. */
    private End unlessWaiting(End end) {
        List<ResourceKey> waiting = plan.awaitingApproval();
        if (end.result() != Result.Succeeded || waiting.isEmpty()) {
            return end;
        }
        return new End(
                Result.Waiting,
                "waiting for approval of " + waiting.size() + ": "
                        + waiting.stream().map(ResourceKey::toString).collect(Collectors.joining(", ")));
    }

    private static Action would(Task task) {
        return switch (task.action()) {
            case create -> Action.created;
            case configure -> Action.configured;
            case prune -> Action.pruned;
            case replace -> Action.replaced;
            case delete -> Action.deleted;
        };
    }

    private static Action would(HookTask hook) {
        if (hook.isAppliedInPlace()) {
            return Action.configured;
        }
        return hook.replaced().isEmpty() ? Action.created : Action.replaced;
    }

    private static String would(Phase phase) {
        return phase == Phase.SyncFail ? "runs only when the sync fails" : "";
    }

    private End check() {
        End end = preflight.check(plan.tasks());
        return end.result() == Result.Succeeded ? hookPreflight.check() : end;
    }

    private End write() {
        Preflight.Judged judged = preflight.judge(plan.tasks(), plan.hooks());
        if (judged.end().result() != Result.Succeeded) {
            return judged.end();
        }
        if (!lock.acquire()) {
            throw new ClusterException(
                    "the namespace of the inventory does not exist: create it, add its Namespace to Git, or set"
                            + " the sync option CreateNamespace=true");
        }
        boolean writes = judged.tasks().stream().anyMatch(task -> !task.isPrune() && !results.contains(task.key()));
        if (writes || !plan.hooks().isEmpty()) {
            inventory.widen();
        }
        List<HookTask> runs = plan.hooks().stream()
                .filter(hook -> hook.phase() != Phase.SyncFail)
                .toList();
        begun = true;
        return waves.run(judged.tasks(), runs);
    }

    /** What a sync that failed in its middle still runs. */
    private End failed(End end) {
        End why = end.message().isEmpty() ? End.failed(results.failures()) : end;
        End after = waves.run(List.of(), plan.hooksIn(Phase.SyncFail));
        return after.result() == Result.Succeeded ? why : End.failed(why.message() + "; a SyncFail hook failed too");
    }

    private HealthStatus worst() {
        return results.list().stream()
                .filter(object -> !object.hook())
                .map(ObjectSync::health)
                .filter(status -> status != null)
                .max(Comparator.naturalOrder())
                .orElse(HealthStatus.Healthy);
    }
}
