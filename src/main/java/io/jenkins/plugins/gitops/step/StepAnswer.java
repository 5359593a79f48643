package io.jenkins.plugins.gitops.step;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a pipeline is told what came of its sync. */
final class StepAnswer {
    private final StepContext pipeline;
    private final boolean propagate;
    private final boolean failOnUnhealthy;

    StepAnswer(StepContext pipeline, boolean propagate, boolean failOnUnhealthy) {
        this.pipeline = pipeline;
        this.propagate = propagate;
        this.failOnUnhealthy = failOnUnhealthy;
    }

    /**
     * A sync that did not come to its end fails the step. One that applied everything, and left something unhealthy, makes the
     * build unstable and is marked where pipelines show their steps.
     *
     * @param run where the reports and the log are
     */
    void give(StepOutcome result, Run<?, ?> run) {
        if (!propagate || result.ending() == Result.SUCCESS) {
            pipeline.onSuccess(result);
        } else if (!failOnUnhealthy && result.ending() == Result.UNSTABLE) {
            warn(result, run);
        } else {
            pipeline.onFailure(result.failure(run));
        }
    }

    private void warn(StepOutcome result, Run<?, ?> run) {
        String text = result.text(run);
        try {
            pipeline.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(text));
            pipeline.get(Run.class).setResult(Result.UNSTABLE);
            pipeline.get(TaskListener.class).getLogger().println("WARNING: " + text);
            pipeline.onSuccess(result);
        } catch (IOException e) {
            pipeline.onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pipeline.onFailure(e);
        }
    }
}
