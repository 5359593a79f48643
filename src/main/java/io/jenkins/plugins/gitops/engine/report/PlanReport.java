package io.jenkins.plugins.gitops.engine.report;

import java.util.List;

/** What a sync would do, in execution order (SEMANTICS 5). */
public record PlanReport(
        int schemaVersion, String application, String revision, List<Task> tasks, List<String> warnings) {
    /** One step of a plan; steps of one phase, wave, action and kind run in parallel. */
    public record Task(
            String phase,
            int wave,
            Action action,
            String group,
            String kind,
            String namespace,
            String name,
            String origin) {}

    /** What a task does. */
    public enum Action {
        create,
        configure,
        prune
    }

    public PlanReport {
        tasks = List.copyOf(tasks);
        warnings = List.copyOf(warnings);
    }
}
