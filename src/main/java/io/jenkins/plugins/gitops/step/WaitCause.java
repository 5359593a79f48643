package io.jenkins.plugins.gitops.step;

import hudson.model.Cause;

/** A pipeline that waits for an application had it checked. Such checks are routine: alike ones become one build. */
public final class WaitCause extends Cause {
    private final String pipeline;

    WaitCause(String pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String getShortDescription() {
        return Messages.WaitCause_Description(pipeline);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WaitCause cause && cause.pipeline.equals(pipeline);
    }

    @Override
    public int hashCode() {
        return pipeline.hashCode();
    }
}
