package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one wave of one phase does, in this order: prunes, kind by kind; deletions of old hooks; then what is written, kind by
 * kind (SEMANTICS 5).
 */
public record Wave(Phase phase, int number, List<Task> tasks, List<HookTask> hooks) {
    private static final Comparator<GroupKind> KINDS =
            Comparator.<GroupKind>comparingInt(KindOrder::rank).thenComparing(Comparator.naturalOrder());

    /** Objects of one kind, which are written in parallel. */
    public record Kind(List<Task> tasks, List<HookTask> hooks) {
        private static Kind empty() {
            return new Kind(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The waves that hold something, in execution order. */
    public static List<Wave> of(Collection<Task> tasks, Collection<HookTask> hooks) {
        Map<SyncWave, List<Task>> tasksOf = tasks.stream()
                .collect(Collectors.groupingBy(
                        task -> new SyncWave(task.phase(), task.wave()), TreeMap::new, Collectors.toList()));
        Map<SyncWave, List<HookTask>> hooksOf = hooks.stream()
                .collect(Collectors.groupingBy(
                        hook -> new SyncWave(hook.phase(), hook.wave()), TreeMap::new, Collectors.toList()));
        TreeSet<SyncWave> waves = new TreeSet<>(tasksOf.keySet());
        waves.addAll(hooksOf.keySet());
        return waves.stream()
                .map(wave -> new Wave(
                        wave.phase(),
                        wave.wave(),
                        tasksOf.getOrDefault(wave, List.of()),
                        hooksOf.getOrDefault(wave, List.of())))
                .toList();
    }

    public int size() {
        return tasks.size() + hooks.size();
    }

    /** What is pruned, the last kind first. */
    public List<List<Task>> prunes() {
        Map<GroupKind, List<Task>> kinds = new TreeMap<>(KINDS.reversed());
        tasks.stream()
                .filter(Task::isPrune)
                .forEach(task -> kinds.computeIfAbsent(task.key().groupKind(), kind -> new ArrayList<>())
                        .add(task));
        return List.copyOf(kinds.values());
    }

    /** What is written, hooks too, the first kind first. */
    public List<Kind> kinds() {
        Map<GroupKind, Kind> kinds = new TreeMap<>(KINDS);
        tasks.stream()
                .filter(task -> !task.isPrune())
                .forEach(task -> kinds.computeIfAbsent(task.key().groupKind(), kind -> Kind.empty())
                        .tasks()
                        .add(task));
        hooks.forEach(hook -> kinds.computeIfAbsent(hook.key().groupKind(), kind -> Kind.empty())
                .hooks()
                .add(hook));
        return List.copyOf(kinds.values());
    }

    /** The same as a report tells it. */
    List<PlanReport.Task> report() {
        List<PlanReport.Task> steps = new ArrayList<>();
        prunes().forEach(kind -> kind.forEach(task -> steps.add(step(task))));
        for (HookTask hook : hooks) {
            for (ObjectNode old : hook.replaced()) {
                String name = old.path("metadata").path("name").asText();
                ResourceKey key =
                        new ResourceKey(hook.key().groupKind(), hook.key().namespace(), name);
                steps.add(step(hook, Action.delete, key));
            }
        }
        for (Kind kind : kinds()) {
            kind.tasks().forEach(task -> steps.add(step(task)));
            kind.hooks()
                    .forEach(hook -> steps.add(
                            step(hook, hook.isAppliedInPlace() ? Action.configure : Action.create, hook.key())));
        }
        return steps;
    }

    /** A namespace that is made before this wave, and that no manifest declares. */
    PlanReport.Task namespace(String name) {
        return step(Action.create, new ResourceKey("", "Namespace", "", name), "", false);
    }

    private PlanReport.Task step(HookTask hook, Action action, ResourceKey key) {
        return step(action, key, hook.manifest().origin().toString(), true);
    }

    private PlanReport.Task step(Task task) {
        String origin = task.object()
                .desired()
                .map(Manifest::origin)
                .map(Object::toString)
                .orElse("");
        return step(task.action(), task.key(), origin, false);
    }

    private PlanReport.Task step(Action action, ResourceKey key, String origin, boolean hook) {
        return new PlanReport.Task(
                phase.name(), number, action, key.group(), key.kind(), key.namespace(), key.name(), origin, hook);
    }
}
