package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code gitopsRender}: what the manifests of the workspace come to, for an application of this Jenkins or for a cluster. Nothing is
 * compared or written; the cluster is asked which of its kinds are namespaced.
 */
public final class GitOpsRenderStep extends Step {
    private String application;
    private String cluster;
    private String namespace;
    private String path;
    private String file;

    @DataBoundConstructor
    public GitOpsRenderStep() {
        // Either application or cluster must be given: no single argument always.
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (application == null && cluster == null) {
            throw new AbortException(Messages.GitOpsDiffStep_NoTarget("gitopsRender"));
        }
        if (application != null && (cluster != null || namespace != null || path != null)) {
            throw new AbortException(Messages.GitOpsDiffStep_TwoTargets("gitopsRender"));
        }
        return new Execution(context, application, new WorkspaceTarget(cluster, namespace, path, null, null), file);
    }

    /** An item whose manifests are in the workspace. */
    @CheckForNull
    public String getApplication() {
        return application;
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixEmptyAndTrim(application);
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

    /** Where in the workspace the manifests are written to; null for nowhere. */
    @CheckForNull
    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixEmptyAndTrim(file);
    }

    /** Gives the script the manifests as one YAML text, what is secret in them masked. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final String application;
        private final WorkspaceTarget target;
        private final String file;

        Execution(StepContext context, String application, WorkspaceTarget target, String file) {
            super(context);
            this.application = application;
            this.target = target;
            this.file = file;
        }

        @Override
        protected String run() throws Exception {
            WorkspaceRequests requests = new WorkspaceRequests(getContext(), "gitopsRender");
            ReconcileRequest request = application == null
                    ? requests.of(target, ReconcileMode.check, null)
                    : requests.of(application, ReconcileMode.check, null);
            ReconcileOutcome outcome = requests.run(request.rendering());
            if (outcome.error() != null) {
                throw new AbortException(outcome.error());
            }
            String manifests = outcome.manifestsYaml();
            if (file != null) {
                FilePath workspace = getContext().get(FilePath.class);
                workspace.child(file).write(manifests, StandardCharsets.UTF_8.name());
            }
            return manifests;
        }
    }

    @Extension
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getFunctionName() {
            return "gitopsRender";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitOpsRenderStep_DisplayName();
        }
    }
}
