package io.jenkins.plugins.gitops.application;

import hudson.model.BuildListener;
import hudson.model.Result;

/** What a build does between its first and its last line. */
final class Reconciliation {
    private final GitOpsRun run;
    private final BuildListener listener;

    Reconciliation(GitOpsRun run, BuildListener listener) {
        this.run = run;
        this.listener = listener;
    }

    Result reconcile() throws Exception {
        listener.getLogger().println(run.getMode());
        return Result.SUCCESS;
    }
}
