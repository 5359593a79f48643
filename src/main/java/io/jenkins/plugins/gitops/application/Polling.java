package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Functions;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Items;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.plugins.git.GitSCM;
import hudson.scm.PollingResult;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jenkins.scm.SCMDecisionHandler;

/** Asks the SCM whether there are commits that no sync has seen. */
final class Polling {
    private final GitOpsApplication application;

    /** What the SCM said nothing new about; null when it was not asked, or said that there is something. */
    private volatile Known known;

    /**
     * @param configuration of the SCM
     * @param baseline the build whose checkout it was compared with
     * @param heads what was in the remote, as far as it is followed, before the SCM was asked
     */
    private record Known(String configuration, int baseline, GitHeads.Remote remote, Map<String, String> heads) {}

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
        PollingResult result = compare(listener, true);
        Optional<String> pinned = pinned();
        if (result.hasChanges() && pinned.isEmpty() && application.getSync().isAutomatic()) {
            new ApplicationWindows(application)
                    .refusal(false)
                    .ifPresent(why -> listener.getLogger().println(Messages.Polling_Closed(why)));
            return result;
        }
        if (!result.hasChanges()) {
            return result;
        }
        listener.getLogger().println(pinned.map(Messages::Polling_Pinned).orElseGet(Messages::Polling_Manual));
        application.state().update(state -> state.newCommits() == null ? state.withNewCommits(Instant.now()) : state);
        return PollingResult.NO_CHANGES;
    }

    /** Where it is held; that cannot be told when nobody may sync either. */
    private Optional<String> pinned() {
        try {
            return new Pins(application).pin().map(Pins::words);
        } catch (IOException e) {
            return Optional.of(Messages.PinAction_Damaged(e.getMessage()));
        }
    }

    /** Whether there are commits that the last sync did not check out. An SCM that does not answer has none, the log says why. */
    PollingResult compare(TaskListener listener) {
        return compare(listener, false);
    }

    /** @param shared whether an answer that another application just got will do */
    private PollingResult compare(TaskListener listener, boolean shared) {
        try {
            return compareWith(application.getScm(), listener, shared);
        } catch (AbortException e) {
            listener.error(e.getMessage());
        } catch (IOException | GitException e) {
            Functions.printStackTrace(e, listener.error(Messages.Polling_Failed()));
        } catch (InterruptedException e) {
            listener.error(Messages.Polling_Interrupted());
            Thread.currentThread().interrupt();
        }
        return PollingResult.NO_CHANGES;
    }

    private PollingResult compareWith(SCM scm, TaskListener listener, boolean shared)
            throws IOException, InterruptedException {
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
                : compareRemote(scm, last, baseline, listener, shared);
    }

    /**
     * Asks the SCM, unless it said before that there is nothing new and no head that it follows has moved since. That may be
     * known from what another application asked: so it only keeps the SCM from being asked, it never says what is new.
     */
    private PollingResult compareRemote(
            SCM scm, GitOpsRun last, SCMRevisionState baseline, TaskListener listener, boolean shared)
            throws IOException, InterruptedException {
        Optional<GitHeads> git = shared && scm instanceof GitSCM remote
                ? GitHeads.of(remote, application.getLastBuild())
                : Optional.empty();
        Known now = null;
        if (git.isPresent()) {
            SharedHeads.Answer answer = SharedHeads.get().heads(git.get(), listener);
            Map<String, String> heads = git.get().followed(answer.heads());
            if (!heads.isEmpty()) {
                now = new Known(
                        Items.XSTREAM2.toXML(scm), last.getNumber(), git.get().remote(), heads);
            }
            if (now != null && now.equals(known)) {
                listener.getLogger()
                        .println(Messages.Polling_SameHeads(
                                heads.keySet(), answer.age().toSeconds()));
                if (!answer.age().isZero()) {
                    SharedHeads.get().silenced(git.get(), application);
                }
                return PollingResult.NO_CHANGES;
            }
        }
        known = null;
        PollingResult result = scm.compareRemoteRevisionWith(application, null, null, listener, baseline);
        known = result.hasChanges() ? null : now;
        return result;
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
