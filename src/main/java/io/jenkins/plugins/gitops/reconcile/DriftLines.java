package io.jenkins.plugins.gitops.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.FieldDrift.Change;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.ArrayList;
import java.util.List;

/** One object of a drift report for the log: a line that is always seen, and lines that are folded. */
final class DriftLines {
    private final ObjectDrift object;

    DriftLines(ObjectDrift object) {
        this.object = object;
    }

    static boolean isWorthShowing(ObjectDrift object) {
        return object.verdict() != Verdict.InSync
                || object.ownership() == ObjectDrift.Ownership.repair
                || !object.message().isEmpty();
    }

    String summary() {
        String summary = String.format("%-8s  %s", object.verdict(), object.key());
        if (!object.origin().isEmpty()) {
            summary += " (" + object.origin() + ")";
        }
        if (!object.message().isEmpty()) {
            summary += ": " + object.message();
        }
        if (object.verdict() == Verdict.Missing) {
            summary += gone(object.observedBetween());
        }
        if (object.verdict() == Verdict.InSync && object.ownership() == ObjectDrift.Ownership.repair) {
            summary += "; not all of its fields are ours, the next sync takes them";
        }
        return summary;
    }

    String caption() {
        int fields = object.fields().size();
        return fields == 1 ? "1 field differs" : fields + " fields differ";
    }

    List<String> details() {
        List<String> lines = new ArrayList<>();
        for (FieldDrift field : object.fields()) {
            lines.add(field.path() + "  " + who(field));
            if (field.masked()) {
                lines.add("  ~ (secret, " + (field.change() == Change.missing ? "missing" : "changed") + ")");
            } else {
                value("  - ", field.live(), lines);
                value("  + ", field.desired(), lines);
            }
        }
        return lines;
    }

    private static void value(String sign, JsonNode value, List<String> lines) {
        if (value != null && !value.isMissingNode()) {
            ManifestYaml.write(value).lines().forEach(line -> lines.add(sign + line));
        }
    }

    /** As far as the server tells; a guess is never printed (SEMANTICS 12). */
    private static String who(FieldDrift field) {
        if (field.change() == Change.missing) {
            return "is missing in the cluster" + gone(field.observedBetween());
        }
        String removed = field.change() == Change.removedFromGit ? "removed from Git; " : "";
        if (field.manager() == null) {
            return removed + "no field manager claims it";
        }
        return removed + "written by " + field.manager() + " (" + field.operation()
                + (field.subresource() == null ? "" : " of " + field.subresource()) + ")"
                + (field.time() == null ? "" : " at or before " + field.time());
    }

    private static String gone(ObservedBetween between) {
        if (between == null) {
            return "";
        }
        return between.lastSeenWith() == null
                ? "; first missed at " + between.firstSeenWithout()
                : "; went away between " + between.lastSeenWith() + " and " + between.firstSeenWithout();
    }
}
