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
import io.jenkins.plugins.gitops.application.SyncOverrides;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The step's arguments as its execution keeps them over a restart: a plain class, for a program's state holds no records. */
final class SyncArguments implements ApplicationRequest {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    final String application;

    @CheckForNull
    final String cluster;

    @CheckForNull
    final String namespace;

    @CheckForNull
    final String path;

    @CheckForNull
    final String name;

    @CheckForNull
    final String uuid;

    @CheckForNull
    final String revision;

    final boolean prune;
    final boolean adopt;
    final boolean dryRun;
    final boolean wait;
    final int timeout;
    final boolean propagate;
    final boolean failOnUnhealthy;

    SyncArguments(GitOpsSyncStep step) {
        application = step.getApplication();
        cluster = step.getCluster();
        namespace = step.getNamespace();
        path = step.getPath();
        name = step.getName();
        uuid = step.getUuid();
        revision = step.getRevision();
        prune = step.isPrune();
        adopt = step.isAdopt();
        dryRun = step.isDryRun();
        wait = step.isWait();
        timeout = step.getTimeout();
        propagate = step.isPropagate();
        failOnUnhealthy = step.isFailOnUnhealthy();
    }

    /** The manifests that are meant where no application is. */
    WorkspaceTarget target() {
        return new WorkspaceTarget(cluster, namespace, path, name, uuid);
    }

    /** How those are synced. */
    SyncPolicy policy() {
        return SyncPolicy.DEFAULT.toBuilder()
                .prune(prune)
                .adopt(adopt)
                .awaitHealth(wait)
                .timeout(timeout > 0 ? Duration.ofMinutes(timeout) : SyncPolicy.DEFAULT.timeout())
                .build();
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public Permission permission() {
        return GitOpsPermissions.SYNC;
    }

    @Override
    public ReconcileMode mode() {
        return dryRun ? ReconcileMode.dryRun : ReconcileMode.sync;
    }

    @Override
    public String announcement(String link) {
        return Messages.ApplicationSyncExecution_Scheduling(link);
    }

    @Override
    public List<Action> actions(GitOpsApplication item, Run<?, ?> pipeline) throws AbortException {
        List<Action> actions = new ArrayList<>();
        if (prune || timeout > 0) {
            actions.add(new SyncOverrides(prune, timeout));
        }
        if (revision != null) {
            if (!(item.getScm() instanceof GitSCM)) {
                throw new AbortException(Messages.ApplicationSyncExecution_RevisionNeedsGit(item.getFullName()));
            }
            actions.add(new RevisionParameterAction(revision));
        }
        return actions;
    }

    @Override
    public boolean isAwaited() {
        return wait;
    }

    @Override
    public boolean isPropagated() {
        return propagate;
    }

    @Override
    public boolean isStrict() {
        return failOnUnhealthy;
    }

    @Override
    public boolean isDiff() {
        return false;
    }
}
