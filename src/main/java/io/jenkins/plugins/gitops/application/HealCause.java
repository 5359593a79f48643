package io.jenkins.plugins.gitops.application;

import hudson.model.Cause;

/** A check found drift while the last synced revision was not the newest: a sync heals it. */
public final class HealCause extends Cause {
    private final int build;

    HealCause(int build) {
        this.build = build;
    }

    public int getBuild() {
        return build;
    }

    @Override
    public String getShortDescription() {
        return Messages.HealCause_Description(build);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HealCause cause && cause.build == build;
    }

    @Override
    public int hashCode() {
        return build;
    }
}
