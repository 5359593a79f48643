package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import java.io.IOException;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code gitopsDiff}: says how a cluster differs from an application of this Jenkins ({@code application}), or from manifests of the
 * workspace ({@code cluster}, or an application whose manifests are in the workspace). It writes nothing itself.
 */
public final class GitOpsDiffStep extends Step {
    private String application;
    private boolean workspace;
    private String cluster;
    private String namespace;
    private String path;
    private String name;
    private String uuid;
    private String revision;
    private Boolean propagate;
    private boolean failOnDrift;

    @DataBoundConstructor
    public GitOpsDiffStep() {
        // Either application or cluster must be given: no single argument always.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        if (application == null && cluster == null) {
            throw new AbortException(Messages.GitOpsDiffStep_NoTarget("gitopsDiff"));
        }
        boolean inline = cluster != null || namespace != null || path != null || name != null || uuid != null;
        if (application != null && inline) {
            throw new AbortException(Messages.GitOpsDiffStep_TwoTargets("gitopsDiff"));
        }
        boolean preview = isPullRequest(context.get(Run.class));
        DiffArguments arguments = new DiffArguments(this, propagate == null ? !preview : propagate);
        boolean here = workspace || preview && revision == null && context.get(FilePath.class) != null;
        return application == null || here
                ? new WorkspaceDiffExecution(context, arguments)
                : new ApplicationSyncExecution(context, arguments);
    }

    /** There a difference is what the merge would change, and no drift. */
    private static boolean isPullRequest(Run<?, ?> run) {
        return SCMHead.HeadByItem.findHead(run.getParent()) instanceof ChangeRequestSCMHead;
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

    /** Whether the application's manifests are taken from the workspace; in a build of a pull request they always are. */
    public boolean isWorkspace() {
        return workspace;
    }

    @DataBoundSetter
    public void setWorkspace(boolean workspace) {
        this.workspace = workspace;
    }

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

    @CheckForNull
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public String getUuid() {
        return uuid;
    }

    @DataBoundSetter
    public void setUuid(String uuid) {
        this.uuid = Util.fixEmptyAndTrim(uuid);
    }

    /** With an application: another commit than the last synced one. With a workspace: what is noted as checked out. */
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    @DataBoundSetter
    public void setRevision(String revision) {
        this.revision = Util.fixEmptyAndTrim(revision);
    }

    /** Whether differences mark the build, or fail it; null for yes, but not in a build of a pull request. */
    @CheckForNull
    public Boolean getPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(Boolean propagate) {
        this.propagate = propagate;
    }

    /** Whether a difference fails the step, and does not only make the build unstable. */
    public boolean isFailOnDrift() {
        return failOnDrift;
    }

    @DataBoundSetter
    public void setFailOnDrift(boolean failOnDrift) {
        this.failOnDrift = failOnDrift;
    }

    @Extension
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getFunctionName() {
            return "gitopsDiff";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitOpsDiffStep_DisplayName();
        }
    }
}
