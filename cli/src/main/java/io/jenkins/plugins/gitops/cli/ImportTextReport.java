package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.ImportReport;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;

/** What an import could not map, and what it wants to be known, for people. */
final class ImportTextReport {
    private final Style style;

    ImportTextReport(Style style) {
        this.style = style;
    }

    String render(ImportReport report) {
        StringBuilder text = new StringBuilder();
        String object = "";
        for (Finding finding : report.findings()) {
            if (!object.equals(finding.object())) {
                object = finding.object();
                text.append(style.bold(object))
                        .append(finding.application() == null ? "" : "  is now " + finding.application())
                        .append('\n');
            }
            boolean lost = finding.level() == Level.unmapped;
            text.append("  ")
                    .append(lost ? style.red("not mapped  ") : style.dim("note        "))
                    .append(finding.path().isEmpty() ? "the whole object" : finding.path())
                    .append(style.dim("  " + finding.where()))
                    .append("\n              ")
                    .append(finding.why())
                    .append('\n');
            if (!finding.toDo().isEmpty()) {
                text.append("              to do: ").append(finding.toDo()).append('\n');
            }
        }
        return text.append(summary(report)).append('\n').toString();
    }

    private static String summary(ImportReport report) {
        long lost = report.findings().stream()
                .filter(finding -> finding.level() == Level.unmapped)
                .count();
        return count(report.applications().size(), "application")
                + ", "
                + (lost == 0 ? "all mapped" : lost + " not mapped")
                + ", "
                + count(report.findings().size() - lost, "note");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
