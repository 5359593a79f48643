package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gitopsRollback}: applies again what an earlier sync of an application applied, and pins the application to it. */
public final class GitOpsRollbackStep extends Step {
    private final String application;
    private int to;
    private String reason;
    private boolean wait = true;
    private int timeout;
    private boolean propagate = true;
    private boolean failOnUnhealthy;

    @DataBoundConstructor
    public GitOpsRollbackStep(String application) {
        this.application = Util.fixNull(application).trim();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ApplicationSyncExecution(context, new RollbackArguments(this));
    }

    /** An item, absolute or relative to the pipeline's folder. */
    public String getApplication() {
        return application;
    }

    /** The build whose objects are applied again; 0 for the last one that applied others than those that run. */
    public int getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(int to) {
        this.to = Math.max(0, to);
    }

    /** Shown where the application is pinned, and kept in the audit. */
    @CheckForNull
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** In minutes; 0 leaves it to the application. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = Math.max(0, timeout);
    }

    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    public boolean isFailOnUnhealthy() {
        return failOnUnhealthy;
    }

    @DataBoundSetter
    public void setFailOnUnhealthy(boolean failOnUnhealthy) {
        this.failOnUnhealthy = failOnUnhealthy;
    }

    @Extension
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getFunctionName() {
            return "gitopsRollback";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitOpsRollbackStep_DisplayName();
        }
    }
}
