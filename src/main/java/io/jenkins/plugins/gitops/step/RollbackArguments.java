package io.jenkins.plugins.gitops.step;

import hudson.AbortException;
import hudson.model.Action;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.application.RollbackRequest;
import io.jenkins.plugins.gitops.application.SyncOverrides;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The arguments of {@code gitopsRollback} as its execution keeps them over a restart. */
final class RollbackArguments implements ApplicationRequest {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final int to;
    private final String reason;
    private final boolean wait;
    private final int timeout;
    private final boolean propagate;
    private final boolean failOnUnhealthy;

    RollbackArguments(GitOpsRollbackStep step) {
        application = step.getApplication();
        to = step.getTo();
        reason = step.getReason() == null ? "" : step.getReason();
        wait = step.isWait();
        timeout = step.getTimeout();
        propagate = step.isPropagate();
        failOnUnhealthy = step.isFailOnUnhealthy();
    }

    @Override
    public String application() {
        return application;
    }

    @Override
    public Permission permission() {
        return GitOpsPermissions.ROLLBACK;
    }

    @Override
    public ReconcileMode mode() {
        return ReconcileMode.sync;
    }

    @Override
    public String announcement(String link) {
        return to == 0 ? Messages.RollbackArguments_Before(link) : Messages.RollbackArguments_To(link, to);
    }

    @Override
    public List<Action> actions(GitOpsApplication item, Run<?, ?> pipeline) throws AbortException {
        List<Action> actions = new ArrayList<>();
        try {
            String by = pipeline.getFullDisplayName();
            actions.add((to == 0 ? RollbackRequest.before(item, by, reason) : RollbackRequest.to(item, to, by, reason))
                    .orElseThrow(() -> new AbortException(
                            to == 0
                                    ? Messages.RollbackArguments_NoneBefore(item.getFullName())
                                    : Messages.RollbackArguments_NotKept(item.getFullName(), to))));
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new AbortException(e.getMessage());
        }
        if (timeout > 0) {
            actions.add(new SyncOverrides(false, timeout));
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
