package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.plan.Plan.Left;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes a plan of a comparison (SEMANTICS 5). */
public final class Planner {
    private static final Comparator<Task> ORDER = Comparator.comparing(Task::phase)
            .thenComparing(Task::wave)
            .thenComparing(task -> task.isPrune() ? 0 : 1)
            .thenComparing(task -> KindOrder.rank(task.key().groupKind()) * (task.isPrune() ? -1 : 1))
            .thenComparing(Task::key);

    private final SyncPolicy policy;
    private final PruneRules pruneRules;

    /** One without approvals. */
    public Planner(SyncPolicy policy, Permissions permissions) {
        this(policy, permissions, key -> false);
    }

    /**
     * @param permissions objects outside are not pruned, whatever the policy says
     * @param approved what may be done although it must be confirmed
     */
    public Planner(SyncPolicy policy, Permissions permissions, Predicate<ResourceKey> approved) {
        this.policy = policy;
        this.pruneRules = new PruneRules(policy, permissions, approved);
    }

    /** A plan without hooks. */
    public Plan plan(Comparison comparison) {
        return plan(comparison, List.of());
    }

    /**
     * @param hooks that run in this sync
     * @throws InvalidInputException naming the manifests whose wave is no whole number
     */
    public Plan plan(Comparison comparison, List<HookTask> hooks) {
        Places places = new Places(comparison, hooks);
        List<Task> tasks = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        List<Compared> pruned = new ArrayList<>();
        for (Compared object : comparison.objects()) {
            SyncWave place = places.of(object);
            if (object.verdict() == Verdict.Extra) {
                pruneRules
                        .reasonToKeep(object)
                        .ifPresentOrElse(kept -> left.add(left(object, place, kept)), () -> pruned.add(object));
            } else if (object.obstacle() == Obstacle.replaceable) {
                pruneRules
                        .reasonNotToRemake(object)
                        .ifPresentOrElse(
                                kept -> left.add(left(object, place, kept)),
                                () -> tasks.add(new Task(place.phase(), place.wave(), Action.replace, object)));
            } else if (object.desired().isPresent() && (object.needsApply() || isAppliedAnyway(object))) {
                Action action = object.verdict() == Verdict.Missing ? Action.create : Action.configure;
                tasks.add(new Task(place.phase(), place.wave(), action, object));
            } else {
                left.add(new Left(object, place.wave(), ""));
            }
        }
        Map<ResourceKey, Integer> pruneWaves = places.mirrored(pruned);
        for (Compared object : pruned) {
            // PruneLast means after the last wave of all.
            int wave = object.options().isOn(SyncOption.PruneLast) ? places.last() + 1 : pruneWaves.get(object.key());
            tasks.add(new Task(Phase.Sync, wave, Action.prune, object));
        }
        tasks.sort(ORDER);
        return new Plan(tasks, left, hooks, comparison.namespacesToCreate());
    }

    private boolean isAppliedAnyway(Compared object) {
        return policy.applyAll() && !object.options().isOn(SyncOption.ApplyOutOfSyncOnly);
    }

    private static Left left(Compared object, SyncWave place, PruneRules.Kept kept) {
        return new Left(object, place.wave(), kept.reason(), kept.awaitsApproval());
    }
}
