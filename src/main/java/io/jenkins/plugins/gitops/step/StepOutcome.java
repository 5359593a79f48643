package io.jenkins.plugins.gitops.step;

import hudson.model.Result;
import hudson.model.Run;
import java.io.Serializable;

/** What a step gives its script. */
interface StepOutcome extends Serializable {
    /** What it makes of the pipeline. Not what scripts read: to them a method of this interface is none of the result's. */
    Result ending();

    /**
     * Why it is not {@code SUCCESS}, in one sentence.
     *
     * @param run where the reports and the log are
     */
    String text(Run<?, ?> run);

    /** What the step throws when that fails it. */
    Exception failure(Run<?, ?> run);
}
