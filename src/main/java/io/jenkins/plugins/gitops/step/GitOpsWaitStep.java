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

/** {@code gitopsWait}: waits until an application is in sync and healthy, whoever syncs it. It syncs nothing itself. */
public final class GitOpsWaitStep extends Step {
    private static final int DEFAULT_MINUTES = 10;

    private final String application;
    private String revision;
    private int timeout = DEFAULT_MINUTES;

    @DataBoundConstructor
    public GitOpsWaitStep(String application) {
        this.application = Util.fixNull(application).trim();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WaitExecution(context, this);
    }

    /** An item, absolute or relative to the pipeline's folder. */
    public String getApplication() {
        return application;
    }

    /** The full commit id that must have been synced; null for whichever was. */
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(String revision) {
        this.revision = Util.fixEmptyAndTrim(revision);
    }

    /** In minutes. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = Math.max(1, timeout);
    }

    @Extension
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getFunctionName() {
            return "gitopsWait";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitOpsWaitStep_DisplayName();
        }
    }
}
