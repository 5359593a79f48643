package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as a page shows it. */
public record PlanPage(PlanReport report) {
    /** Steps of one wave, in execution order. */
    public record Wave(String title, List<Step> steps) {
        public String getTitle() {
            return title;
        }

        public List<Step> getSteps() {
            return steps;
        }
    }

    /** One step. */
    public record Step(PlanReport.Task task) {
        public ObjectHeader getHeader() {
            return new ObjectHeader(
                    new ResourceKey(task.group(), task.kind(), task.namespace(), task.name()), task.origin());
        }

        public String getActionWords() {
            return Words.of(task.action());
        }

        public String getActionColor() {
            return Words.color(task.action());
        }
    }

    public List<Wave> getWaves() {
        Map<String, List<Step>> waves = new LinkedHashMap<>();
        for (PlanReport.Task task : report.tasks()) {
            waves.computeIfAbsent(
                            Messages.SyncPage_Wave(task.phase(), Integer.toString(task.wave())),
                            title -> new ArrayList<>())
                    .add(new Step(task));
        }
        return waves.entrySet().stream()
                .map(entry -> new Wave(entry.getKey(), entry.getValue()))
                .toList();
    }

    public String getHeadline() {
        return report.tasks().isEmpty()
                ? Messages.PlanPage_Nothing()
                : Messages.PlanPage_Steps(
                        report.tasks().size(),
                        count(PlanReport.Action.create),
                        count(PlanReport.Action.configure),
                        count(PlanReport.Action.prune));
    }

    private long count(PlanReport.Action action) {
        return report.tasks().stream().filter(task -> task.action() == action).count();
    }

    public String getRevision() {
        return report.revision();
    }

    public String getShortRevision() {
        return Words.shortened(report.revision());
    }

    public List<String> getWarnings() {
        return report.warnings();
    }
}
