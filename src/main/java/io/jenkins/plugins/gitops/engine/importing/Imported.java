package io.jenkins.plugins.gitops.engine.importing;

import io.jenkins.plugins.gitops.engine.report.ImportReport;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Finding;
import io.jenkins.plugins.gitops.engine.report.ImportReport.ImportedFile;
import io.jenkins.plugins.gitops.engine.report.ImportReport.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of an import.
 *
 * @param applications each with a name of its own
 * @param findings all that is not in them as it was, in the order of the input
 */
public record Imported(List<ImportedApplication> applications, List<Finding> findings) {
    public Imported {
        applications = List.copyOf(applications);
        findings = List.copyOf(findings);
    }

    /** Whether everything that matters is in the applications. */
    public boolean isComplete() {
        return findings.stream().noneMatch(finding -> finding.level() == Level.unmapped);
    }

    /** @param files that were written, in the order of the applications; empty when none were */
    public ImportReport report(List<String> files) {
        List<ImportedFile> reported = new ArrayList<>();
        for (int i = 0; i < applications.size(); i++) {
            reported.add(applications.get(i).reported(files.isEmpty() ? null : files.get(i)));
        }
        return new ImportReport(ImportReport.SCHEMA_VERSION, reported, findings);
    }
}
