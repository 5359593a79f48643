package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A sync report for people: what was done, object by object, and how it ended. */
final class SyncText {
    private final Style style;

    SyncText(Style style) {
        this.style = style;
    }

    String render(SyncReport report) {
        StringBuilder text = new StringBuilder();
        for (ObjectSync object : report.objects()) {
            if (isWorthShowing(object)) {
                text.append(line(object)).append('\n');
            }
        }
        return text.append(summary(report)).append('\n').toString();
    }

    /** One object: what was done to it, and why when something is wrong with it. */
    String line(ObjectSync object) {
        String line = coloured(object.action()) + "  " + object.key();
        List<String> notes = new ArrayList<>();
        if (object.hook() && object.action() != Action.failed) {
            notes.add(object.phase() + " hook");
        }
        if (object.health() != null && object.health() != HealthStatus.Healthy) {
            notes.add(object.health() + (object.healthMessage().isEmpty() ? "" : ": " + object.healthMessage()));
        }
        if (!object.message().isEmpty()) {
            notes.add(object.message());
        }
        if (object.action() == Action.failed && !object.origin().isEmpty()) {
            notes.add(object.origin());
        }
        return notes.isEmpty() ? line : line + "  " + style.dim(String.join("; ", notes));
    }

    /** One line: the application, the result, its revision, and how many objects were treated how. */
    String summary(SyncReport report) {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        report.objects().forEach(object -> counts.merge(object.action(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((action, count) -> parts.add(count + " " + action));
        String text = style.bold(report.application()) + " " + coloured(report.result())
                + (report.dryRun() ? " (dry run, nothing was written)" : "")
                + (report.revision().isEmpty() ? "" : " at " + Revisions.shortened(report.revision()))
                + " in " + Durations.spoken(Duration.ofMillis(report.durationMs()))
                + ": " + (parts.isEmpty() ? "no objects" : String.join(", ", parts))
                + (report.health() == null ? "" : "; health " + coloured(report.health()));
        return report.message().isEmpty() ? text : text + "\n" + report.message();
    }

    private static boolean isWorthShowing(ObjectSync object) {
        return object.hook()
                || object.action() != Action.unchanged
                || !object.message().isEmpty()
                || (object.health() != null && object.health() != HealthStatus.Healthy);
    }

    private String coloured(Action action) {
        String padded = String.format("%-10s", action);
        return switch (action) {
            case created -> style.green(padded);
            case configured, replaced -> style.yellow(padded);
            case pruned, deleted -> style.red(padded);
            case failed -> style.bold(style.red(padded));
            case waiting -> style.yellow(padded);
            case unchanged, skipped -> style.dim(padded);
        };
    }

    private String coloured(SyncReport.Result result) {
        return result == SyncReport.Result.Succeeded ? style.green(result.name()) : style.red(result.name());
    }

    private String coloured(HealthStatus status) {
        return switch (status) {
            case Healthy -> style.green(status.name());
            case Suspended, Progressing -> style.yellow(status.name());
            default -> style.red(status.name());
        };
    }
}
