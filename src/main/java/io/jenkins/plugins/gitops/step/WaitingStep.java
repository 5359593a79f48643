package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One pipeline step that waits. A plain class: it is stored with a queue item or a build. */
final class WaitingStep {
    private final StepContext context;
    private final boolean propagate;
    private final boolean failOnUnhealthy;
    private volatile Throwable interruption;

    WaitingStep(StepContext context, boolean propagate, boolean failOnUnhealthy) {
        this.context = context;
        this.propagate = propagate;
        this.failOnUnhealthy = failOnUnhealthy;
    }

    StepContext context() {
        return context;
    }

    void answer(SyncResult result, Run<?, ?> run) {
        new StepAnswer(context, propagate, failOnUnhealthy).give(result, run);
    }

    /** Why the pipeline does not want it any more; null while it does. */
    @CheckForNull
    Throwable interruption() {
        return interruption;
    }

    void interrupt(Throwable cause) {
        interruption = cause;
    }
}
