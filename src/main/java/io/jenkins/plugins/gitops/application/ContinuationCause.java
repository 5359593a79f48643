package io.jenkins.plugins.gitops.application;

import hudson.model.Cause;

/** A build was lost with the controller, while it wrote. */
public final class ContinuationCause extends Cause {
    private final int build;

    ContinuationCause(int build) {
        this.build = build;
    }

    public int getBuild() {
        return build;
    }

    @Override
    public String getShortDescription() {
        return Messages.ContinuationCause_Description(build);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinuationCause cause && cause.build == build;
    }

    @Override
    public int hashCode() {
        return build;
    }
}
