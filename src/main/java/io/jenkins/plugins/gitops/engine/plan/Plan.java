package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sync does.
 *
 * @param tasks in execution order
 * @param left the objects that it does not touch
 * @param hooks that run in it, in execution order; those of SyncFail only when it fails
 * @param wantedNamespaces that the option CreateNamespace makes before all else, as far as a task or a hook is in them
 */
public record Plan(List<Task> tasks, List<Left> left, List<HookTask> hooks, List<String> wantedNamespaces) {
    /**
     * An object that is left as it is.
     *
     * @param wave the wave in which it would be written
     * @param reason why an Extra object is not pruned, not deleted with its application, or another is not written; empty for an object that is in sync
     * @param awaitsApproval whether an approval is all that is missing
     */
    public record Left(Compared object, int wave, String reason, boolean awaitsApproval) {
        /** One that no approval would change. */
        public Left(Compared object, int wave, String reason) {
            this(object, wave, reason, false);
        }
    }

    private static final String NOT_SELECTED = "not selected";

    public Plan {
        tasks = List.copyOf(tasks);
        left = List.copyOf(left);
        hooks = List.copyOf(hooks);
        wantedNamespaces = List.copyOf(wantedNamespaces);
    }

    /** One that needs no namespace beside those of its tasks. */
    public Plan(List<Task> tasks, List<Left> left, List<HookTask> hooks) {
        this(tasks, left, hooks, List.of());
    }

    /** Whether objects are left out because somebody selected others. */
    public boolean isPartial() {
        return left.stream().anyMatch(object -> object.reason().equals(NOT_SELECTED));
    }

    /** The hooks of one phase, in execution order. */
    public List<HookTask> hooksIn(Phase phase) {
        return hooks.stream().filter(hook -> hook.phase() == phase).toList();
    }

    /** How many objects a sync writes, prunes or runs when nothing fails. */
    public int steps() {
        return tasks.size() + hooks.size() - hooksIn(Phase.SyncFail).size();
    }

    /** The objects that are left only because nobody has approved what is to be done to them. */
    public List<ResourceKey> awaitingApproval() {
        return left.stream()
                .filter(Left::awaitsApproval)
                .map(left -> left.object().key())
                .toList();
    }

    /** The part of it that is selected; all else is left as it is. */
    public Plan limitedTo(Predicate<Compared> selected) {
        List<Left> others = new ArrayList<>();
        for (Left object : left) {
            others.add(
                    selected.test(object.object()) ? object : new Left(object.object(), object.wave(), NOT_SELECTED));
        }
        List<Task> kept = new ArrayList<>();
        for (Task task : tasks) {
            if (selected.test(task.object())) {
                kept.add(task);
            } else {
                others.add(new Left(task.object(), task.wave(), NOT_SELECTED));
            }
        }
        return new Plan(kept, others, hooks, wantedNamespaces);
    }

    /** The namespaces that it makes before all else and does not track. */
    public List<String> namespacesToCreate() {
        Set<String> needed = Stream.concat(
                        tasks.stream().map(Task::key), hooks.stream().map(HookTask::key))
                .map(ResourceKey::namespace)
                .collect(Collectors.toSet());
        return wantedNamespaces.stream().filter(needed::contains).toList();
    }

    /** @param basis what it was made from */
    public PlanReport report(String application, String revision, List<String> warnings, PlanReport.Basis basis) {
        List<Wave> waves = Wave.of(tasks, hooks);
        List<PlanReport.Task> steps = new ArrayList<>();
        namespacesToCreate().forEach(name -> steps.add(waves.getFirst().namespace(name)));
        waves.forEach(wave -> steps.addAll(wave.report()));
        return new PlanReport(DriftReport.SCHEMA_VERSION, application, revision, steps, warnings, basis).sealed();
    }
}
