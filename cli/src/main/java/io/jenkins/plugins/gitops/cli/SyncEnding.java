package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;

/** How a command that synced ends: its report, and its exit code. */
record SyncEnding(Console console, CommonOptions common) {
    int show(SyncReport report) {
        new Warnings(console).print(report.warnings());
        console.out()
                .print(common.json() ? ReportJson.pretty(report) + "\n" : new SyncText(console.style()).render(report));
        return switch (report.result()) {
            case Succeeded -> ExitCode.DONE;
            case Failed, Superseded -> ExitCode.DIFFERENT;
            case Refused, Waiting -> ExitCode.REFUSED;
            case Aborted -> ExitCode.INTERRUPTED;
        };
    }
}
