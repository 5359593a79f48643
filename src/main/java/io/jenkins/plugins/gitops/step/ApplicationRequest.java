package io.jenkins.plugins.gitops.step;

import hudson.AbortException;
import hudson.model.Action;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.Serializable;
import java.util.List;

/** What a step wants a build of an application to do, and what it does with the answer. It is kept over a restart. */
interface ApplicationRequest extends Serializable {
    /** The item, as the script names it. */
    String application();

    /** What whoever runs the pipeline must be allowed. */
    Permission permission();

    ReconcileMode mode();

    /** What is done, for the log. */
    String announcement(String application);

    /** @throws AbortException when that application cannot do it; it says why */
    List<Action> actions(GitOpsApplication application, Run<?, ?> pipeline) throws AbortException;

    /** Whether the step waits for the build. */
    boolean isAwaited();

    /** Whether a bad end fails the step or marks the build; otherwise it is only told. */
    boolean isPropagated();

    /** Whether what would make the build unstable fails the step. */
    boolean isStrict();

    /** Whether the script gets the differences, and not what was done about them. */
    boolean isDiff();
}
