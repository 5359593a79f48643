package io.jenkins.plugins.gitops.step;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import io.jenkins.plugins.gitops.report.Reports;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Compares manifests of the workspace with the cluster, on its node; the report is the pipeline's. */
final class WorkspaceDiffExecution extends SynchronousNonBlockingStepExecution<DiffResult> {
    private static final long serialVersionUID = 1L;

    private final DiffArguments arguments;

    WorkspaceDiffExecution(StepContext context, DiffArguments arguments) {
        super(context);
        this.arguments = arguments;
    }

    @Override
    protected DiffResult run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        WorkspaceRequests requests = new WorkspaceRequests(getContext(), "gitopsDiff");
        ReconcileRequest request = arguments.application == null
                ? requests.of(arguments.target, ReconcileMode.check, arguments.revision)
                : requests.of(arguments.application, ReconcileMode.check, arguments.revision);
        ReconcileOutcome outcome = requests.run(request);
        Reports.attach(run, outcome);
        DiffResult result = new DiffResult(
                request.application().name(), run.getUrl(), outcome.error(), request.revision(), outcome.drift());
        TaskListener listener = getContext().get(TaskListener.class);
        listener.getLogger().println(result);
        if (!arguments.propagate || result.ending() == Result.SUCCESS) {
            return result;
        }
        if (arguments.failOnDrift || result.ending() != Result.UNSTABLE) {
            throw result.failure(run);
        }
        String text = result.text(run);
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(text));
        run.setResult(Result.UNSTABLE);
        listener.getLogger().println("WARNING: " + text);
        return result;
    }
}
