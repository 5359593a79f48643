package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.List;

/**
 * What a sync does.
 *
 * @param tasks in execution order
 * @param left the objects that it does not touch
 * @param hooks that run in it, in execution order; those of SyncFail only when it fails
 */
public record Plan(List<Task> tasks, List<Left> left, List<HookTask> hooks) {
    /**
     * An object that is left as it is.
     *
     * @param wave the wave in which it would be written
     * @param reason why an Extra object is not pruned; empty for an object that is in sync
     */
    public record Left(Compared object, int wave, String reason) {}

    public Plan {
        tasks = List.copyOf(tasks);
        left = List.copyOf(left);
        hooks = List.copyOf(hooks);
    }

    /** The hooks of one phase, in execution order. */
    public List<HookTask> hooksIn(Phase phase) {
        return hooks.stream().filter(hook -> hook.phase() == phase).toList();
    }

    /** How many objects a sync writes, prunes or runs when nothing fails. */
    public int steps() {
        return tasks.size() + hooks.size() - hooksIn(Phase.SyncFail).size();
    }

    public PlanReport report(String application, String revision, List<String> warnings) {
        List<PlanReport.Task> steps = Wave.of(tasks, hooks).stream()
                .flatMap(wave -> wave.report().stream())
                .toList();
        return new PlanReport(DriftReport.SCHEMA_VERSION, application, revision, steps, warnings);
    }
}
