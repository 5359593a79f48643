package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.DeclaredFields;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of each object, in the order in which it happened. Written to by many threads. */
final class Results {
    /** By resource key; those of hooks by the run, for one object may run in several phases. */
    private final Map<Object, ObjectSync> objects = new LinkedHashMap<>();

    private final SyncListener listener;
    private final int total;
    private Optional<Duration> mayPass = Optional.empty();

    Results(SyncListener listener, int total) {
        this.listener = listener;
        this.total = total;
    }

    synchronized void add(Task task, Action action, String message, Duration duration) {
        ObjectSync result = result(task.object(), action, message, task.phase(), task.wave(), duration);
        objects.put(task.key(), result);
        listener.on(new SyncListener.ObjectDone(result, objects.size(), total));
    }

    /** Records how a hook ended. */
    synchronized void add(HookTask task, Action action, String message, Duration duration, Optional<Health> health) {
        ObjectSync result = new ObjectSync(
                task.key().group(),
                task.key().kind(),
                task.key().namespace(),
                task.key().name(),
                action,
                message,
                task.manifest().origin().toString(),
                task.phase().name(),
                task.wave(),
                true,
                duration.toMillis(),
                DeclaredFields.digest(task.manifest().content()),
                health.map(Health::status).orElse(null),
                health.map(Health::message).orElse(""));
        objects.put(run(task), result);
        listener.on(new SyncListener.ObjectDone(result, objects.size(), total));
    }

    /** Adds to what is told of a hook that ended. */
    synchronized void note(HookTask task, String note) {
        objects.computeIfPresent(
                run(task),
                (any, object) ->
                        object.withMessage(object.message().isEmpty() ? note : object.message() + "; " + note));
    }

    synchronized boolean contains(HookTask task) {
        return objects.containsKey(run(task));
    }

    synchronized boolean failed(HookTask task) {
        ObjectSync object = objects.get(run(task));
        return object != null && object.action() == Action.failed;
    }

    private record HookRun(Phase phase, ResourceKey key) {}

    private static HookRun run(HookTask task) {
        return new HookRun(task.phase(), task.key());
    }

    /** Records an object that the plan leaves alone; nobody is told, it is no progress. */
    synchronized void add(Plan.Left left) {
        objects.put(
                left.object().key(),
                result(left.object(), action(left), left.reason(), Phase.Sync, left.wave(), Duration.ZERO));
    }

    private static Action action(Plan.Left left) {
        if (left.awaitsApproval()) {
            return Action.waiting;
        }
        return left.reason().isEmpty() ? Action.unchanged : Action.skipped;
    }

    /**
     * Notes that a failure may pass.
     *
     * @param retryAfter how long the server asks to wait; zero when it does not say
     */
    synchronized void mayPass(Duration retryAfter) {
        mayPass = mayPass.filter(longest -> longest.compareTo(retryAfter) >= 0).or(() -> Optional.of(retryAfter));
    }

    /** Whether trying again later may help, and how long the server asks to wait for that. */
    synchronized Optional<Duration> mayPass() {
        return mayPass;
    }

    synchronized void health(ResourceKey key, Optional<Health> health) {
        objects.computeIfPresent(
                key,
                (any, object) -> object.withHealth(
                        health.map(Health::status).orElse(null),
                        health.map(Health::message).orElse("")));
    }

    synchronized boolean contains(ResourceKey key) {
        return objects.containsKey(key);
    }

    synchronized boolean anyFailed() {
        return failed() > 0;
    }

    synchronized int failed() {
        return (int) objects.values().stream()
                .filter(object -> object.action() == Action.failed)
                .count();
    }

    /** How many failed and why the first did; to be asked only when any did. */
    synchronized String failures() {
        ObjectSync first = objects.values().stream()
                .filter(object -> object.action() == Action.failed)
                .findFirst()
                .orElseThrow();
        return failed() + " objects failed; the first: " + first.key() + ": " + first.message();
    }

    synchronized List<ObjectSync> list() {
        return List.copyOf(objects.values());
    }

    /** How a sync ended, and why, in a sentence; empty when it succeeded. */
    record End(Result result, String message) {
        static final End SUCCEEDED = new End(Result.Succeeded, "");

        static End failed(String message) {
            return new End(Result.Failed, message);
        }
    }

    private static ObjectSync result(
            Compared object, Action action, String message, Phase phase, int wave, Duration duration) {
        return new ObjectSync(
                object.key().group(),
                object.key().kind(),
                object.key().namespace(),
                object.key().name(),
                action,
                message,
                object.desired().map(Manifest::origin).map(Object::toString).orElse(""),
                phase.name(),
                wave,
                false,
                duration.toMillis(),
                object.desired()
                        .map(manifest -> DeclaredFields.digest(manifest.content()))
                        .orElse(""),
                null,
                "");
    }
}
