package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.PlanReport;

/** A plan for people: a heading for each wave, a line for each task. */
final class PlanText {
    private final Style style;

    PlanText(Style style) {
        this.style = style;
    }

    String render(PlanReport plan) {
        if (plan.tasks().isEmpty()) {
            return "Nothing to do: " + plan.application() + " is in sync with " + Revisions.spoken(plan.revision())
                    + ".\n";
        }
        StringBuilder text = new StringBuilder();
        String heading = "";
        for (PlanReport.Task task : plan.tasks()) {
            String wave = task.phase() + ", wave " + task.wave()
                    + (task.phase().equals("SyncFail") ? ", only when the sync fails" : "");
            if (!wave.equals(heading)) {
                heading = wave;
                text.append(style.bold(heading)).append('\n');
            }
            text.append("  ").append(line(task)).append('\n');
        }
        return text.toString();
    }

    private String line(PlanReport.Task task) {
        ResourceKey key = new ResourceKey(task.group(), task.kind(), task.namespace(), task.name());
        String note = (task.hook() ? "  hook" : "") + (task.origin().isEmpty() ? "" : "  " + task.origin());
        String action = String.format("%-9s", task.action());
        String coloured =
                switch (task.action()) {
                    case create -> style.green(action);
                    case configure -> style.yellow(action);
                    case prune, delete, replace -> style.red(action);
                };
        return coloured + " " + key + style.dim(note);
    }
}
