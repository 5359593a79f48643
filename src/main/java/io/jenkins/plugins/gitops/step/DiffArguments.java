package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Action;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.RevisionParameterAction;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.List;

/** The arguments of {@code gitopsDiff} as its execution keeps them over a restart. */
final class DiffArguments implements ApplicationRequest {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    final String application;

    final WorkspaceTarget target;

    @CheckForNull
    final String revision;

    final boolean propagate;
    final boolean failOnDrift;

    DiffArguments(GitOpsDiffStep step, boolean propagate) {
        this.application = step.getApplication();
        this.target = new WorkspaceTarget(
                step.getCluster(), step.getNamespace(), step.getPath(), step.getName(), step.getUuid());
        this.revision = step.getRevision();
        this.propagate = propagate;
        this.failOnDrift = step.isFailOnDrift();
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public Permission permission() {
        return GitOpsPermissions.SYNC;
    }

    /** A check compares with what was synced last; another revision is previewed. */
    @Override
    public ReconcileMode mode() {
        return revision == null ? ReconcileMode.check : ReconcileMode.dryRun;
    }

    @Override
    public String announcement(String link) {
        return Messages.DiffArguments_Comparing(link);
    }

    @Override
    public List<Action> actions(GitOpsApplication item, Run<?, ?> pipeline) throws AbortException {
        if (revision == null) {
            return List.of();
        }
        if (!(item.getScm() instanceof GitSCM)) {
            throw new AbortException(Messages.ApplicationSyncExecution_RevisionNeedsGit(item.getFullName()));
        }
        return List.of(new RevisionParameterAction(revision));
    }

    @Override
    public boolean isAwaited() {
        return true;
    }

    @Override
    public boolean isPropagated() {
        return propagate;
    }

    @Override
    public boolean isStrict() {
        return failOnDrift;
    }

    @Override
    public boolean isDiff() {
        return true;
    }
}
