package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code gitopsSync}: makes a cluster as Git says, and waits until it is. It syncs an application of this Jenkins
 * ({@code application}), or manifests of the workspace ({@code cluster}).
 */
public final class GitOpsSyncStep extends Step {
    private String application;
    private String cluster;
    private String namespace;
    private String path;
    private String name;
    private String uuid;
    private String revision;
    private boolean prune;
    private boolean adopt;
    private boolean dryRun;
    private boolean wait = true;
    private int timeout;
    private boolean propagate = true;
    private boolean failOnUnhealthy;

    @DataBoundConstructor
    public GitOpsSyncStep() {
        // Either application or cluster must be given: no single argument always.
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        requireOneTarget();
        return application == null
                ? new WorkspaceSyncExecution(context, new SyncArguments(this))
                : new ApplicationSyncExecution(context, new SyncArguments(this));
    }

    private void requireOneTarget() throws AbortException {
        if (application == null && cluster == null) {
            throw new AbortException(Messages.GitOpsSyncStep_NoTarget());
        }
        boolean workspace = cluster != null || namespace != null || path != null || name != null || uuid != null;
        if (application != null && (workspace || adopt)) {
            throw new AbortException(Messages.GitOpsSyncStep_TwoTargets());
        }
    }

    /** An item, absolute or relative to the pipeline's folder. */
    @CheckForNull
    public String getApplication() {
        return application;
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixEmptyAndTrim(application);
    }

    /** A cluster that the pipeline's folder may use. */
    @CheckForNull
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Of the manifests, relative to the current folder of the workspace. */
    @CheckForNull
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** What the application is called in the cluster. */
    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Who the application is, whatever pipeline syncs it. */
    @CheckForNull
    public String getUuid() {
        return uuid;
    }

    @DataBoundSetter
    public void setUuid(String uuid) {
        this.uuid = Util.fixEmptyAndTrim(uuid);
    }

    /** With an application: what is checked out. With a workspace: what is noted as checked out. */
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(String revision) {
        this.revision = Util.fixEmptyAndTrim(revision);
    }

    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    public boolean isAdopt() {
        return adopt;
    }

    @DataBoundSetter
    public void setAdopt(boolean adopt) {
        this.adopt = adopt;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** In minutes; 0 leaves it to the application, or to the default. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = Math.max(0, timeout);
    }

    /** Whether a sync that does not succeed fails the step. */
    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** Whether an unhealthy end fails the step, and does not only make the build unstable. */
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
            return "gitopsSync";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitOpsSyncStep_DisplayName();
        }
    }
}
