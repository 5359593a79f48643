package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.compare.SecretMask;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.Hook.DeletePolicy;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs hooks: takes away what earlier runs left, creates the objects, awaits their ends, and cleans up (SEMANTICS 6). */
final class HookRunner {
    private final Cluster cluster;
    private final Results results;
    private final HookWait wait;
    private final Map<HookTask, Run> running = new ConcurrentHashMap<>();
    private final List<Run> ended = new ArrayList<>();
    private final Map<HookTask, Boolean> replaced = new ConcurrentHashMap<>();

    /**
     * A hook that was created.
     *
     * @param live as it was last seen
     * @param action what creating it came to
     */
    record Run(HookTask task, ApiResource resource, ObjectNode live, Action action, Instant start) {
        Run seen(ObjectNode now) {
            return new Run(task, resource, now, action, start);
        }

        String uid() {
            return live.path("metadata").path("uid").asText();
        }
    }

    HookRunner(Cluster cluster, HealthRules rules, SyncListener listener, Results results) {
        this.cluster = cluster;
        this.results = results;
        this.wait = new HookWait(cluster, rules, listener);
    }

    /** Deletes what earlier runs left of these hooks, and awaits that it is gone. A refusal is recorded. */
    void clear(Collection<HookTask> hooks) {
        InParallel.map(hooks, this::clear);
    }

    private HookTask clear(HookTask task) {
        boolean before = task.hook().deletePolicies().contains(DeletePolicy.BeforeHookCreation);
        Optional<ApiResource> resource = resource(task);
        if (!before || resource.isEmpty() || results.contains(task)) {
            return task;
        }
        Instant start = Instant.now();
        try {
            for (ObjectNode old : left(task, resource.get())) {
                delete(task, resource.get(), old);
                replaced.put(task, true);
                if (!wait.isGone(
                        task, resource.get(), old, start.plus(task.hook().timeout()))) {
                    fail(task, "what an earlier run left of it is still being deleted", start, Optional.empty());
                }
            }
        } catch (ApiException e) {
            noteWhetherItMayPass(e);
            fail(task, "what an earlier run left of it cannot be deleted: " + e.getMessage(), start, Optional.empty());
        }
        return task;
    }

    /** A hook of several phases may have run in this sync already; then it is newer than what the plan knew. */
    private List<ObjectNode> left(HookTask task, ApiResource resource) {
        return task.desired().key().name().isEmpty()
                ? task.replaced()
                : cluster
                        .objects()
                        .get(resource, task.key().namespace(), task.key().name())
                        .stream()
                        .toList();
    }

    /** Creates hooks; they run until {@link #await}. A refusal is recorded. */
    void start(Collection<HookTask> hooks) {
        InParallel.map(hooks, this::start);
    }

    private HookTask start(HookTask task) {
        if (results.contains(task)) {
            return task;
        }
        Instant start = Instant.now();
        Optional<ApiResource> resource = resource(task);
        if (resource.isEmpty()) {
            fail(task, "the cluster does not serve its kind", start, Optional.empty());
            return task;
        }
        try {
            String before = replaced.containsKey(task) || !task.isAppliedInPlace() ? "" : version(earlier(task));
            ObjectNode live =
                    cluster.objects().apply(resource.get(), task.manifest().content(), false);
            Action action = before.isEmpty()
                    ? replaced.containsKey(task) ? Action.replaced : Action.created
                    : before.equals(version(live)) ? Action.unchanged : Action.configured;
            running.put(task, new Run(task, resource.get(), live, action, start));
        } catch (ApiException e) {
            noteWhetherItMayPass(e);
            String why = SecretMask.scrub(task.manifest(), e.getMessage());
            fail(task, why, start, Optional.empty());
        }
        return task;
    }

    /** Awaits the end of all that run, each as long as its timeout allows, and records how each ended. */
    void await() {
        List<Run> open = new ArrayList<>(running.values());
        running.clear();
        try {
            wait.await(open, this::ended);
        } catch (CancelledException e) {
            unseen(
                    open,
                    "the sync was stopped while it ran; it goes on in the cluster, and the next run takes its place");
            throw e;
        } catch (ClusterException e) {
            unseen(open, "its end was not seen: " + e.getMessage());
            throw e;
        }
    }

    private void unseen(List<Run> runs, String why) {
        runs.stream()
                .filter(run -> !results.contains(run.task()))
                .forEach(run -> results.add(
                        run.task(),
                        Action.failed,
                        why,
                        Duration.between(run.start(), Instant.now()),
                        Optional.empty()));
    }

    private void ended(HookWait.Ending ending) {
        Run run = ending.run();
        ended.add(run);
        if (ending.succeeded()) {
            Duration took = Duration.between(run.start(), Instant.now());
            results.add(run.task(), run.action(), ending.message(), took, ending.health());
        } else {
            fail(run.task(), ending.message(), run.start(), ending.health());
        }
    }

    /** Deletes what the delete policies say; what cannot be deleted stays, and is told. */
    void cleanUp(Result result) {
        InParallel.map(ended, run -> {
            boolean succeeded =
                    run.task().phase() == Phase.SyncFail ? !results.failed(run.task()) : result == Result.Succeeded;
            DeletePolicy policy = succeeded ? DeletePolicy.HookSucceeded : DeletePolicy.HookFailed;
            if (run.task().hook().deletePolicies().contains(policy)) {
                cleanUp(run, policy);
            }
            return run;
        });
    }

    private void cleanUp(Run run, DeletePolicy policy) {
        try {
            delete(run.task(), run.resource(), run.live());
            results.note(run.task(), "deleted (" + policy + ")");
        } catch (ApiException e) {
            results.note(run.task(), "cannot be deleted (" + policy + "): " + e.getMessage());
        }
    }

    private void delete(HookTask task, ApiResource resource, ObjectNode live) {
        try {
            cluster.objects()
                    .delete(
                            resource,
                            task.key().namespace(),
                            live.path("metadata").path("name").asText(),
                            live.path("metadata").path("uid").asText());
        } catch (ApiException e) {
            if (!e.status().notFound()) {
                throw e;
            }
        }
    }

    private void noteWhetherItMayPass(ApiException e) {
        if (e.status().retryable()) {
            results.mayPass(e.status().retryAfter());
        }
    }

    private void fail(HookTask task, String why, Instant start, Optional<Health> health) {
        results.add(
                task,
                Action.failed,
                task.phase() + " hook failed: " + why,
                Duration.between(start, Instant.now()),
                health);
    }

    private Optional<ApiResource> resource(HookTask task) {
        return task.desired()
                .resource()
                .or(() -> cluster.discovery()
                        .find(task.manifest().apiVersion(), task.key().kind()));
    }

    private static ObjectNode earlier(HookTask task) {
        return task.desired().earlier().getFirst();
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }
}
