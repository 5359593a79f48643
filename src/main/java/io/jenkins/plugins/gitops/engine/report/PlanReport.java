package io.jenkins.plugins.gitops.engine.report;

import java.util.List;

/** What a sync would do, in execution order (SEMANTICS 5). */
public record PlanReport(
        int schemaVersion, String application, String revision, List<Task> tasks, List<String> warnings) {
    /**
     * One step of a plan; steps of one phase, wave, action and kind run in parallel.
     *
     * @param origin {@code file:line} of the manifest; empty for a pruned object
     * @param hook whether the object is a hook
     */
    public record Task(
            String phase,
            int wave,
            Action action,
            String group,
            String kind,
            String namespace,
            String name,
            String origin,
            boolean hook) {}

    /** What a task does. */
    public enum Action {
        create,
        configure,
        prune,
        /** Of what an earlier run of a hook left. */
        delete,
        /** Deleted and created anew, because it cannot be changed into what Git declares. */
        replace
    }

    public PlanReport {
        tasks = List.copyOf(tasks);
        warnings = List.copyOf(warnings);
    }
}
