package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.cli.HistoryCommand.Listed;
import io.jenkins.plugins.gitops.cli.HistoryCommand.Shown;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.history.Repair;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.SetChanges;
import io.jenkins.plugins.gitops.engine.report.SetChanges.Change;
import io.jenkins.plugins.gitops.engine.report.SetChanges.FieldChange;
import io.jenkins.plugins.gitops.engine.report.SetChanges.ObjectChange;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A history for people. */
final class HistoryText {
    private final Style style;
    private final Moments moments;

    HistoryText(Style style, Moments moments) {
        this.style = style;
        this.moments = moments;
    }

    String list(Listed listed) {
        if (listed.attempts().isEmpty()) {
            return "Nothing was attempted with " + listed.application() + " on this machine yet.\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "TIME", "KIND", "RESULT", "HEALTH", "REVISION", "TOOK", "WHAT"));
        for (Attempt attempt : listed.attempts()) {
            rows.add(row(attempt));
        }
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        if (listed.pin() != null) {
            text.append(pin(listed.pin())).append("\n\n");
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(String.format("%-" + (widths[i] + 2) + "s", row.get(i)));
            }
            String written = line.toString().stripTrailing();
            text.append(row == rows.getFirst() ? style.bold(written) : written).append('\n');
        }
        return text.toString();
    }

    String pin(Pin pin) {
        return style.yellow("Pinned") + " to attempt " + pin.attempt() + " (" + Revisions.spoken(pin.revision())
                + ") by "
                + pin.by() + " at " + moments.withAge(pin.time())
                + (pin.reason().isEmpty() ? "" : ": " + pin.reason());
    }

    private List<String> row(Attempt attempt) {
        String time =
                moments.exact(attempt.time()) + (attempt.times() > 1 ? " … " + moments.exact(attempt.lastTime()) : "");
        String kind = attempt.kind() + (attempt.restored() > 0 ? " to " + attempt.restored() : "");
        return List.of(
                Integer.toString(attempt.id()),
                time,
                kind + (attempt.times() > 1 ? " × " + attempt.times() : ""),
                attempt.result(),
                attempt.health() == null ? "-" : attempt.health().name(),
                attempt.revision().isEmpty() ? "-" : Revisions.shortened(attempt.revision()),
                Durations.spoken(Duration.ofMillis(attempt.durationMs())),
                what(attempt));
    }

    private static String what(Attempt attempt) {
        String counts = attempt.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return attempt.subject().isEmpty() ? counts : counts + "  " + attempt.subject();
    }

    String attempt(Shown shown) {
        Attempt attempt = shown.attempt();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("Attempt " + attempt.id()) + ": " + attempt.kind()
                + (attempt.restored() > 0 ? " to attempt " + attempt.restored() : "") + " of " + attempt.application());
        lines.add("  result    " + attempt.result() + (attempt.message().isEmpty() ? "" : ": " + attempt.message()));
        lines.add("  revision  " + (attempt.revision().isEmpty() ? "a folder without history" : attempt.revision()));
        if (!attempt.author().isEmpty()) {
            lines.add("  commit    " + attempt.subject() + ", by " + attempt.author());
        }
        lines.add("  started   " + moments.withAge(attempt.time()) + ", " + attempt.cause());
        if (attempt.times() > 1) {
            lines.add("  the same  " + attempt.times() + " times until " + moments.withAge(attempt.lastTime()));
        }
        lines.add("");
        String report = "";
        if (shown.reports().sync() != null) {
            report = new SyncText(style).render(shown.reports().sync());
        } else if (shown.reports().drift() != null) {
            report = new DriftText(style, moments).render(shown.reports().drift());
        }
        return String.join("\n", lines) + "\n" + report + repairs(shown);
    }

    /** How the drift ended that a check found; each object says itself since when it was so. */
    private String repairs(Shown shown) {
        DriftReport found = shown.reports().drift();
        if (found == null || found.verdict() == ApplicationVerdict.InSync) {
            return "";
        }
        if (shown.repairs().isEmpty()) {
            return "\nNothing of this is known to have been put right.\n";
        }
        StringBuilder text = new StringBuilder("\n" + style.bold("Put right since") + "\n");
        for (Repair repair : shown.repairs()) {
            String how = repair.by() == Attempt.Kind.check
                    ? "by others: in order again at check " + repair.attempt()
                    : "by " + repair.by() + " " + repair.attempt();
            text.append("  ").append(repair.key()).append("  ").append(how).append(", ");
            text.append(moments.withAge(repair.time())).append('\n');
        }
        return text.toString();
    }

    String changes(SetChanges changes) {
        StringBuilder text = new StringBuilder(style.bold(changes.application()) + " from attempt " + changes.from()
                + " to attempt " + changes.to() + ": "
                + (changes.objects().isEmpty()
                        ? "nothing differs"
                        : changes.objects().size() + " objects differ")
                + "\n");
        for (ObjectChange object : changes.objects()) {
            text.append('\n')
                    .append(style.bold(object.key().toString()))
                    .append("  ")
                    .append(coloured(object.change()));
            text.append('\n');
            for (FieldChange field : object.fields()) {
                text.append("  ").append(style.cyan(field.path())).append('\n');
                if (field.masked()) {
                    text.append("  ~ (secret, changed)\n");
                }
                value(field.from())
                        .forEach(line -> text.append(style.red("  - " + line)).append('\n'));
                value(field.to())
                        .forEach(line -> text.append(style.green("  + " + line)).append('\n'));
            }
        }
        return text.toString();
    }

    private String coloured(Change change) {
        return switch (change) {
            case added -> style.green(change.name());
            case removed -> style.red(change.name());
            case changed -> style.yellow(change.name());
        };
    }

    private static List<String> value(JsonNode node) {
        return node == null
                ? List.of()
                : ManifestYaml.write(node).strip().lines().toList();
    }
}
