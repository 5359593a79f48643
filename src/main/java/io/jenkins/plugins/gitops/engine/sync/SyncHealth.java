package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.HealthWait.Watched;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a sync waits for: new kinds to be served, a wave to be healthy, all to be healthy at the end. */
final class SyncHealth {
    private final Cluster cluster;
    private final SyncPolicy policy;
    private final Comparison comparison;
    private final Plan plan;
    private final Results results;
    private final ObjectWriter writer;
    private final HealthWait wait;

    SyncHealth(
            Cluster cluster,
            SyncPolicy policy,
            HealthRules rules,
            SyncListener listener,
            Comparison comparison,
            Plan plan,
            Results results,
            ObjectWriter writer,
            LooksAtGit git) {
        this.cluster = cluster;
        this.policy = policy;
        this.comparison = comparison;
        this.plan = plan;
        this.results = results;
        this.writer = writer;
        this.wait = new HealthWait(cluster, rules, listener, git);
    }

    /** Awaits that the kinds of the written CustomResourceDefinitions are served. */
    End establish(Collection<Task> tasks) {
        List<Watched> definitions = carriedOut(tasks.stream()
                .filter(task -> !task.isPrune() && task.key().isCustomResourceDefinition())
                .toList());
        if (definitions.isEmpty()) {
            return End.SUCCEEDED;
        }
        HealthWait.Outcome outcome = wait.await(definitions, policy.timeout());
        cluster.refreshDiscovery();
        return ended(outcome, "CustomResourceDefinitions are not established: ");
    }

    /** Awaits the objects of one wave, also the end of those that it pruned. */
    End awaitWave(int wave, Collection<Task> tasks) {
        return ended(wait.await(carriedOut(tasks), policy.timeout()), "wave " + wave + " did not become healthy: ");
    }

    /** Awaits all desired objects, whoever wrote them last. */
    End awaitAll() {
        return ended(wait.await(desired(), policy.timeout()), "not healthy before the PostSync hooks: ");
    }

    private static End ended(HealthWait.Outcome outcome, String failure) {
        String open = String.join("; ", outcome.unhealthy());
        return open.isEmpty()
                ? End.SUCCEEDED
                : outcome.newer().map(newer -> superseded(newer, open)).orElseGet(() -> End.failed(failure + open));
    }

    /** To wait is a safe point: all that was begun is written, and the newer revision may be what makes it healthy. */
    private static End superseded(String newer, String open) {
        return new End(Result.Superseded, Attempts.supersededBy(newer) + "; this one still waited for: " + open);
    }

    /** Whether a sync that succeeds has seen all healthy, and all pruned objects gone. */
    boolean awaits() {
        return policy.awaitHealth();
    }

    /** Records the health of every desired object at the end, and awaits it when the policy says so and nothing failed. */
    End judge(End end) {
        boolean await = policy.awaitHealth() && end.result() == Result.Succeeded;
        List<Watched> all = new ArrayList<>(desired());
        if (await) {
            all.addAll(carriedOut(plan.tasks().stream().filter(Task::isPrune).toList()));
        }
        HealthWait.Outcome outcome = wait.await(all, await ? policy.timeout() : Duration.ZERO);
        outcome.health().forEach(results::health);
        if (results.anyFailed()) {
            return end.message().isEmpty() ? End.failed(results.failures()) : end;
        }
        if (await && outcome.newer().isPresent()) {
            return superseded(outcome.newer().get(), String.join("; ", outcome.unhealthy()));
        }
        if (await && !outcome.unhealthy().isEmpty()) {
            return End.failed(
                    outcome.unhealthy().size() + " objects are not healthy: " + String.join("; ", outcome.unhealthy()));
        }
        return end;
    }

    private List<Watched> desired() {
        return comparison.objects().stream()
                .filter(object -> object.desired().isPresent())
                .filter(object -> object.obstacle() != Obstacle.forbidden)
                .filter(object -> results.contains(object.key()) || !object.needsApply())
                .filter(object -> latest(object).isPresent())
                .map(this::watched)
                .toList();
    }

    private List<Watched> carriedOut(Collection<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.isPrune()
                        ? results.contains(task.key())
                        : writer.written().containsKey(task.key()))
                .map(task -> watched(task.object()))
                .toList();
    }

    private Watched watched(Compared object) {
        return new Watched(
                object.key(),
                object.resource()
                        .or(() -> cluster.discovery()
                                .find(
                                        object.desired().orElseThrow().apiVersion(),
                                        object.key().kind()))
                        .orElseThrow(),
                latest(object),
                object.desired().isEmpty());
    }

    private Optional<ObjectNode> latest(Compared object) {
        return Optional.ofNullable(writer.written().get(object.key())).or(object::live);
    }
}
