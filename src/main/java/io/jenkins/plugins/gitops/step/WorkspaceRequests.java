package io.jenkins.plugins.gitops.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.reconcile.ReconcileExecution;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What is asked of the node of a workspace, of its manifests, by steps that write nothing. */
final class WorkspaceRequests {
    private final StepContext context;
    private final FilePath workspace;
    private final Job<?, ?> pipeline;

    /** @param step as scripts name it */
    WorkspaceRequests(StepContext context, String step) throws IOException, InterruptedException {
        this.context = context;
        this.workspace = context.get(FilePath.class);
        this.pipeline = context.get(Run.class).getParent();
        if (workspace == null) {
            throw new AbortException(Messages.WorkspaceRequests_NoWorkspace(step));
        }
    }

    /** Of manifests that a script declares. */
    ReconcileRequest of(WorkspaceTarget target, ReconcileMode mode, String revision)
            throws IOException, InterruptedException {
        WorkspaceApplication application = WorkspaceApplication.of(target, SyncPolicy.DEFAULT, pipeline);
        application.requireNode(context.get(Node.class));
        return application.request(mode, revision(revision));
    }

    /** Of an application whose manifests are in the workspace: all but those is the item's. */
    ReconcileRequest of(String name, ReconcileMode mode, String revision) throws IOException, InterruptedException {
        GitOpsApplication item = NamedApplication.find(name, pipeline);
        item.checkPermission(GitOpsPermissions.SYNC);
        ClusterDefinition cluster = Clusters.find(item.getClusterName(), pipeline);
        WorkspaceApplication.requireNode(cluster, context.get(Node.class));
        return new ReconcileRequest(
                        mode,
                        item.toEngineApplication(),
                        cluster.access(item),
                        revision(revision),
                        Jenkins.get().getLegacyInstanceId(),
                        "")
                .rendered(item.getSource().tools(), item.getSource().inputs(context.get(Run.class), item));
    }

    private String revision(String asked) throws IOException, InterruptedException {
        return asked != null ? asked : CheckedOut.revision(context);
    }

    ReconcileOutcome run(ReconcileRequest request) throws IOException, InterruptedException {
        return new ReconcileExecution(request, context.get(TaskListener.class)).run(workspace);
    }
}
