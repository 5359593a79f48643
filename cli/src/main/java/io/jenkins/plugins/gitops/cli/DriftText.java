package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A drift report for people: a unified view of each object that differs, from what the cluster has ({@code -}) to what Git
 * says ({@code +}), each field with who wrote it and when.
 */
final class DriftText {
    private final Style style;
    private final Moments moments;

    DriftText(Style style, Moments moments) {
        this.style = style;
        this.moments = moments;
    }

    String render(DriftReport report) {
        StringBuilder text = new StringBuilder(summary(report)).append('\n');
        for (ObjectDrift object : report.objects()) {
            if (isWorthShowing(object)) {
                text.append('\n');
                lines(object, report.time()).forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    /** One line: the application, its verdict, its revision, and how many objects are how. */
    String summary(DriftReport report) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        report.objects().forEach(object -> counts.merge(object.verdict(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((verdict, count) -> parts.add(count + " " + verdict));
        String revision = report.revision().isEmpty() ? "" : " at " + Revisions.shortened(report.revision());
        String objects = parts.isEmpty() ? "no objects" : String.join(", ", parts);
        return style.bold(report.application()) + " is " + coloured(report.verdict()) + revision + ": " + objects;
    }

    private static boolean isWorthShowing(ObjectDrift object) {
        return object.verdict() != Verdict.InSync
                || object.ownership() == ObjectDrift.Ownership.repair
                || !object.message().isEmpty();
    }

    private List<String> lines(ObjectDrift object, Instant found) {
        List<String> lines = new ArrayList<>();
        String origin = object.origin().isEmpty() ? "" : style.dim("  " + object.origin());
        lines.add(style.bold(object.key().toString()) + "  " + coloured(object.verdict()) + weight(object, found)
                + origin);
        if (!object.message().isEmpty()) {
            object.message().lines().forEach(line -> lines.add("  " + line));
        }
        if (object.verdict() == Verdict.InSync && object.ownership() == ObjectDrift.Ownership.repair) {
            lines.add("  same content, but not all of its fields are ours: the next sync takes them");
        }
        switch (object.verdict()) {
            case Missing ->
                lines.add(style.green("  + the whole object  ")
                        + style.dim(gone("deleted, or never there", object.observedBetween())));
            case Extra -> lines.add(style.red("  - the whole object") + style.dim("  no longer in Git"));
            default -> object.fields().forEach(field -> lines.addAll(lines(field)));
        }
        return lines;
    }

    /** How bad it is, and since when, where it was known before. */
    private String weight(ObjectDrift object, Instant found) {
        String severity =
                switch (object.severity()) {
                    case null -> "";
                    case info -> "  " + style.dim("info");
                    case warning -> "  " + style.yellow("warning");
                    case critical -> "  " + style.red("critical");
                };
        return severity
                + (object.firstSeen() == null || !object.firstSeen().isBefore(found)
                        ? ""
                        : style.dim(", first seen " + moments.withAge(object.firstSeen())));
    }

    private List<String> lines(FieldDrift field) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + style.cyan(field.path()) + "  " + style.dim(who(field)));
        if (field.masked()) {
            lines.add(
                    "  ~ " + (field.change() == FieldDrift.Change.missing ? "(secret, missing)" : "(secret, changed)"));
            return lines;
        }
        value(field.live()).forEach(line -> lines.add(style.red("  - " + line)));
        value(field.desired()).forEach(line -> lines.add(style.green("  + " + line)));
        return lines;
    }

    /** Who wrote the live value and when, as far as the server tells; a guess is never printed (SEMANTICS 12). */
    private String who(FieldDrift field) {
        String removed = field.change() == FieldDrift.Change.removedFromGit ? "removed from Git; " : "";
        if (field.change() == FieldDrift.Change.missing) {
            return gone("removed, or never there", field.observedBetween());
        }
        if (field.manager() == null) {
            return removed + "no field manager claims it";
        }
        String how = field.operation() + (field.subresource() == null ? "" : " of " + field.subresource());
        String when = field.time() == null
                ? "the server keeps no time for it"
                : "at or before " + moments.withAge(field.time());
        return removed + "written by " + field.manager() + " (" + how + "), " + when;
    }

    private String gone(String unknown, ObservedBetween between) {
        if (between == null) {
            return unknown;
        }
        if (between.lastSeenWith() == null) {
            return unknown + "; first missed " + moments.withAge(between.firstSeenWithout());
        }
        return "went away between " + moments.exact(between.lastSeenWith()) + " and "
                + moments.withAge(between.firstSeenWithout());
    }

    private static List<String> value(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return List.of();
        }
        return node.isContainerNode() && !node.isEmpty()
                ? ManifestYaml.write(node).lines().toList()
                : List.of(scalar(node));
    }

    private static String scalar(JsonNode node) {
        return ManifestYaml.write(node).strip();
    }

    private String coloured(ApplicationVerdict verdict) {
        return switch (verdict) {
            case InSync -> style.green(verdict.name());
            case OutOfSync -> style.yellow(verdict.name());
            case Unknown -> style.red(verdict.name());
        };
    }

    private String coloured(Verdict verdict) {
        return switch (verdict) {
            case InSync -> style.green(verdict.name());
            case Drifted, Missing, Extra -> style.yellow(verdict.name());
            case Unknown -> style.red(verdict.name());
        };
    }
}
