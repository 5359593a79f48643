package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.List;

/**
 * What a sync does.
 *
 * @param tasks in execution order
 * @param left the objects that it does not touch
 */
public record Plan(List<Task> tasks, List<Left> left) {
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
    }

    public PlanReport report(String application, String revision, List<String> warnings) {
        return new PlanReport(
                DriftReport.SCHEMA_VERSION,
                application,
                revision,
                tasks.stream().map(Plan::report).toList(),
                warnings);
    }

    private static PlanReport.Task report(Task task) {
        return new PlanReport.Task(
                task.phase().name(),
                task.wave(),
                task.action(),
                task.key().group(),
                task.key().kind(),
                task.key().namespace(),
                task.key().name(),
                task.object()
                        .desired()
                        .map(Manifest::origin)
                        .map(Object::toString)
                        .orElse(""));
    }
}
