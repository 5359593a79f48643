package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.plan.Plan.Left;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a plan of a comparison (SEMANTICS 5). */
public final class Planner {
    private static final Comparator<Task> ORDER = Comparator.comparing(Task::phase)
            .thenComparing(Task::wave)
            .thenComparing(task -> task.isPrune() ? 0 : 1)
            .thenComparing(task -> KindOrder.rank(task.key().groupKind()) * (task.isPrune() ? -1 : 1))
            .thenComparing(Task::key);

    private final SyncPolicy policy;
    private final PruneRules pruneRules;

    /** @param permissions objects outside are not pruned, whatever the policy says */
    public Planner(SyncPolicy policy, Permissions permissions) {
        this.policy = policy;
        this.pruneRules = new PruneRules(policy, permissions);
    }

    /** @throws InvalidInputException naming the manifests whose wave is no integer */
    public Plan plan(Comparison comparison) {
        Map<ResourceKey, Integer> waves = waves(comparison);
        Map<ResourceKey, Integer> pruneWaves = mirrored(comparison, waves);
        List<Task> tasks = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        for (Compared object : comparison.objects()) {
            int wave = waves.get(object.key());
            if (object.verdict() == Verdict.Extra) {
                Optional<String> kept = pruneRules.reasonToKeep(object);
                if (kept.isPresent()) {
                    left.add(new Left(object, wave, kept.get()));
                } else {
                    tasks.add(new Task(Phase.Sync, pruneWaves.get(object.key()), Action.prune, object));
                }
            } else if (object.needsApply() || policy.applyAll()) {
                Action action = object.verdict() == Verdict.Missing ? Action.create : Action.configure;
                tasks.add(new Task(Phase.Sync, wave, action, object));
            } else {
                left.add(new Left(object, wave, ""));
            }
        }
        tasks.sort(ORDER);
        return new Plan(tasks, left);
    }

    private static Map<ResourceKey, Integer> waves(Comparison comparison) {
        Map<ResourceKey, Integer> waves = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Compared object : comparison.objects()) {
            String text = object.desired()
                    .map(Manifest::content)
                    .or(object::live)
                    .flatMap(content -> Annotations.read(content, "sync-wave"))
                    .orElse("0");
            try {
                waves.put(object.key(), Integer.parseInt(text.strip()));
            } catch (NumberFormatException e) {
                if (object.desired().isPresent()) {
                    problems.add(Problem.at(
                            object.desired().get().origin(),
                            object.key() + " has the sync-wave \"" + text + "\"; write an integer such as \"-1\""));
                }
                waves.put(object.key(), 0);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        moveBeforeDependents(comparison, waves);
        return waves;
    }

    /** A Namespace or CustomResourceDefinition that would come after its first dependent moves into that one's wave. */
    private static void moveBeforeDependents(Comparison comparison, Map<ResourceKey, Integer> waves) {
        Map<GroupKind, ResourceKey> definitions = new HashMap<>();
        for (Compared object : comparison.objects()) {
            if (object.key().isCustomResourceDefinition()) {
                object.desired().ifPresent(manifest -> definitions.put(manifest.definedKind(), object.key()));
            }
        }
        for (Compared object : comparison.objects()) {
            if (object.desired().isPresent()) {
                int wave = waves.get(object.key());
                ResourceKey definition = definitions.get(object.key().groupKind());
                waves.computeIfPresent(
                        new ResourceKey("", "Namespace", "", object.key().namespace()),
                        (key, own) -> Math.min(own, wave));
                if (definition != null) {
                    waves.computeIfPresent(definition, (key, own) -> Math.min(own, wave));
                }
            }
        }
    }

    /** The distinct waves of the pruned objects, the last becoming the first; {@code PruneLast} means the last wave of all. */
    private static Map<ResourceKey, Integer> mirrored(Comparison comparison, Map<ResourceKey, Integer> waves) {
        List<Compared> extra = comparison.objects().stream()
                .filter(object -> object.verdict() == Verdict.Extra)
                .toList();
        List<Integer> distinct = new ArrayList<>(new TreeSet<>(
                extra.stream().map(object -> waves.get(object.key())).toList()));
        int last = waves.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<ResourceKey, Integer> result = new HashMap<>();
        for (Compared object : extra) {
            int place = distinct.indexOf(waves.get(object.key()));
            int wave = PruneRules.has(object, "PruneLast=true") ? last + 1 : distinct.get(distinct.size() - 1 - place);
            result.put(object.key(), wave);
        }
        return result;
    }
}
