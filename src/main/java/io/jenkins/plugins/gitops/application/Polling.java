package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Functions;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.time.Instant;
import jenkins.scm.SCMDecisionHandler;

/** Asks the SCM whether there are commits that no sync has seen. */
final class Polling {
    private final GitOpsApplication application;

    Polling(GitOpsApplication application) {
        this.application = application;
    }

    /** What a trigger acts on. A manual application takes note of new commits, and nothing is built. */
    PollingResult poll(TaskListener listener) {
        SCMDecisionHandler veto = SCMDecisionHandler.firstShouldPollVeto(application);
        if (!application.isBuildable()) {
            listener.getLogger().println(Messages.Polling_NotBuildable());
            return PollingResult.NO_CHANGES;
        }
        if (veto != null) {
            listener.getLogger().println(Messages.Polling_Vetoed(veto));
            return PollingResult.NO_CHANGES;
        }
        PollingResult result = compare(listener);
        if (application.getSync().isAutomatic() || !result.hasChanges()) {
            return result;
        }
        listener.getLogger().println(Messages.Polling_Manual());
        application.state().update(state -> state.newCommits() == null ? state.withNewCommits(Instant.now()) : state);
        return PollingResult.NO_CHANGES;
    }

    /** Whether there are commits that the last sync did not check out. An SCM that does not answer has none, the log says why. */
    PollingResult compare(TaskListener listener) {
        try {
            return compareWith(application.getScm(), listener);
        } catch (AbortException e) {
            listener.error(e.getMessage());
        } catch (IOException e) {
            Functions.printStackTrace(e, listener.error(Messages.Polling_Failed()));
        } catch (InterruptedException e) {
            listener.error(Messages.Polling_Interrupted());
            Thread.currentThread().interrupt();
        }
        return PollingResult.NO_CHANGES;
    }

    private PollingResult compareWith(SCM scm, TaskListener listener) throws IOException, InterruptedException {
        if (!scm.supportsPolling()) {
            listener.getLogger()
                    .println(Messages.Polling_Unsupported(scm.getDescriptor().getDisplayName()));
            return PollingResult.NO_CHANGES;
        }
        ApplicationState.Synced attempt = application.state().get().lastAttempt();
        GitOpsRun last = attempt == null ? null : application.getBuildByNumber(attempt.build());
        Checkout checkout = last == null ? null : last.getCheckout();
        if (checkout == null || !checkout.isOf(scm)) {
            listener.getLogger().println(Messages.Polling_Never());
            return isSyncComing() ? PollingResult.NO_CHANGES : PollingResult.BUILD_NOW;
        }
        SCMRevisionState baseline = checkout.baseline() == null ? SCMRevisionState.NONE : checkout.baseline();
        return scm.requiresWorkspaceForPolling()
                ? compareInWorkspace(scm, last, checkout.workspace(), baseline, listener)
                : scm.compareRemoteRevisionWith(application, null, null, listener, baseline);
    }

    /** A check that is queued or runs is none: where checks are as frequent as polling, no sync would ever begin. */
    private boolean isSyncComing() {
        Queue.Item queued = application.getQueueItem();
        ModeAction mode = queued == null ? null : queued.getAction(ModeAction.class);
        if (mode != null && mode.getMode() == ReconcileMode.sync) {
            return true;
        }
        GitOpsRun last = application.getLastBuild();
        return last != null && last.isBuilding() && last.getMode() == ReconcileMode.sync;
    }

    private PollingResult compareInWorkspace(
            SCM scm, GitOpsRun last, String path, SCMRevisionState baseline, TaskListener listener)
            throws IOException, InterruptedException {
        Node node = last.getBuiltOn();
        Computer computer = node == null ? null : node.toComputer();
        if (computer == null || computer.isOffline()) {
            listener.getLogger().println(Messages.Polling_Offline(last.getBuiltOnStr()));
            return PollingResult.NO_CHANGES;
        }
        FilePath workspace = new FilePath(computer.getChannel(), path);
        Launcher launcher =
                workspace.createLauncher(listener).decorateByEnv(application.getEnvironment(node, listener));
        try (WorkspaceList.Lease lease = computer.getWorkspaceList().acquire(workspace, true)) {
            return scm.compareRemoteRevisionWith(application, launcher, lease.path, listener, baseline);
        }
    }
}
