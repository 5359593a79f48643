package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;

/** Prints a plan as the options ask for it. */
record PlanOutput(Console console, CommonOptions common) {
    void print(PlanReport plan) {
        console.out()
                .print(common.json() ? ReportJson.pretty(plan) + "\n" : new PlanText(console.style()).render(plan));
    }
}
