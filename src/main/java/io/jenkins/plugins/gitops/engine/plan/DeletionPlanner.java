package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.plan.Plan.Left;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes the plan of an application's deletion: its objects go in the reverse of the order in which they came, and what holds
 * data, or more than this application's objects, goes only when somebody says so (SEMANTICS 5 and 7).
 */
public final class DeletionPlanner {
    private static final Comparator<Task> ORDER = Comparator.comparingInt(Task::wave)
            .thenComparing(task -> -KindOrder.rank(task.key().groupKind()))
            .thenComparing(Task::key);

    private final SyncPolicy policy;
    private final Permissions permissions;
    private final Predicate<ResourceKey> approved;

    /**
     * What is done to the objects.
     *
     * @param plan the objects that go, and those that wait for somebody to say so
     * @param released the objects that stay for good, and belong to no application any more
     * @param keepsObjects whether that is so of all
     */
    public record Deletion(Plan plan, List<Compared> released, boolean keepsObjects) {
        public Deletion {
            released = List.copyOf(released);
        }
    }

    /** @param approved what may go although it must be confirmed */
    public DeletionPlanner(SyncPolicy policy, Permissions permissions, Predicate<ResourceKey> approved) {
        this.policy = policy;
        this.permissions = permissions;
        this.approved = approved;
    }

    /**
     * @param comparison with nothing, so that every object of the application is Extra
     * @param keepObjects whether all of them stay
     * @param hooks that run before and after
     */
    public Deletion plan(Comparison comparison, boolean keepObjects, List<HookTask> hooks) {
        List<Compared> going = new ArrayList<>();
        List<Compared> released = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        for (Compared object : comparison.objects()) {
            Optional<String> outside = permissions.refusal(object.key());
            if (outside.isPresent()) {
                left.add(new Left(object, 0, outside.get()));
            } else if (keepObjects || option(object, "false")) {
                released.add(object);
            } else {
                reasonToWait(object)
                        .ifPresentOrElse(why -> left.add(new Left(object, 0, why, true)), () -> going.add(object));
            }
        }
        Map<ResourceKey, Integer> waves = new Places(comparison, List.of()).mirrored(going);
        List<Task> tasks = going.stream()
                .map(object -> new Task(Phase.Delete, waves.get(object.key()), Action.delete, object))
                .sorted(ORDER)
                .toList();
        List<HookTask> runs = hooks.stream()
                .filter(hook -> !keepObjects && (hook.phase() == Phase.PreDelete || left.isEmpty()))
                .toList();
        return new Deletion(new Plan(tasks, left, runs), released, keepObjects);
    }

    private Optional<String> reasonToWait(Compared object) {
        ResourceKey key = object.key();
        if (approved.test(key)) {
            return Optional.empty();
        }
        Optional<String> owner = object.live().flatMap(Inventory::controllerOf);
        if (owner.isPresent()) {
            return owner.map(name -> "waits for approval, because it is owned by " + name);
        }
        if (option(object, "confirm")) {
            return Optional.of("waits for approval, because it has the sync option Delete=confirm");
        }
        if (key.isNamespace() && !policy.pruneNamespaces()) {
            return Optional.of(
                    "waits for approval or pruneNamespaces, because all that is in a Namespace goes with it");
        }
        if (key.isCustomResourceDefinition() && !policy.pruneCustomResourceDefinitions()) {
            return Optional.of("waits for approval or pruneCustomResourceDefinitions, because all objects of its kind"
                    + " go with it");
        }
        return key.groupKind().is("", "PersistentVolumeClaim")
                ? Optional.of("waits for approval, because a PersistentVolumeClaim holds data")
                : Optional.empty();
    }

    private boolean option(Compared object, String value) {
        return object.live()
                .filter(live -> ObjectOptions.of(live, ObjectOptions.of(policy.options()))
                        .has(SyncOption.Delete, value))
                .isPresent();
    }
}
