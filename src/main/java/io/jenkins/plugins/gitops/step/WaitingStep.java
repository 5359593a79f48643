package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One pipeline step that waits. A plain class: it is stored with a queue item or a build. */
final class WaitingStep {
    private final StepContext context;
    private final boolean propagate;
    private final boolean failOnUnhealthy;
    private final boolean diff;
    private volatile Throwable interruption;

    /**
     * @param failOnUnhealthy whether what would make the pipeline unstable fails it
     * @param diff whether the script gets the differences
     */
    WaitingStep(StepContext context, boolean propagate, boolean failOnUnhealthy, boolean diff) {
        this.context = context;
        this.propagate = propagate;
        this.failOnUnhealthy = failOnUnhealthy;
        this.diff = diff;
    }

    StepContext context() {
        return context;
    }

    boolean isDiff() {
        return diff;
    }

    void answer(StepOutcome result, Run<?, ?> run) {
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
