package io.jenkins.plugins.gitops.application;

import hudson.model.TaskListener;
import hudson.scm.PollingResult;

/** Asks the SCM whether there are commits that no sync has seen. */
final class Polling {
    private final GitOpsApplication application;

    Polling(GitOpsApplication application) {
        this.application = application;
    }

    PollingResult poll(TaskListener listener) {
        return application.isBuildable() ? PollingResult.BUILD_NOW : PollingResult.NO_CHANGES;
    }
}
