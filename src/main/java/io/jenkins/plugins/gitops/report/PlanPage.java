package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.field.ShortRevision;
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
        if (report.tasks().isEmpty()) {
            return Messages.PlanPage_Nothing();
        }
        List<String> parts = new ArrayList<>();
        for (PlanReport.Action action : PlanReport.Action.values()) {
            long count = report.tasks().stream()
                    .filter(task -> task.action() == action)
                    .count();
            if (count > 0) {
                parts.add(steps(action, count));
            }
        }
        return Messages.PlanPage_Steps(report.tasks().size(), String.join(", ", parts));
    }

    private static String steps(PlanReport.Action action, long count) {
        return switch (action) {
            case create -> Messages.PlanPage_Create(count);
            case configure -> Messages.PlanPage_Configure(count);
            case prune -> Messages.PlanPage_Prune(count);
            case delete -> Messages.PlanPage_Delete(count);
            case replace -> Messages.PlanPage_Replace(count);
        };
    }

    public String getRevision() {
        return report.revision();
    }

    public String getShortRevision() {
        return ShortRevision.of(report.revision());
    }

    public List<String> getWarnings() {
        return report.warnings();
    }
}
