package io.jenkins.plugins.gitops.report;

import hudson.model.InvisibleAction;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Why a build ended before it had a report: a line on its page, and in its application's history. */
@ExportedBean(defaultVisibility = 2)
public final class ProblemAction extends InvisibleAction {
    private final String problem;

    ProblemAction(String problem) {
        this.problem = problem;
    }

    @Exported
    public String getProblem() {
        return problem;
    }
}
