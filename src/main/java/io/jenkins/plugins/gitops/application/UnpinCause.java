package io.jenkins.plugins.gitops.application;

import hudson.model.Cause;

/** An application was un-pinned, and catches up with Git. */
public final class UnpinCause extends Cause {
    private final String user;

    UnpinCause(String user) {
        this.user = user;
    }

    public String getUser() {
        return user;
    }

    @Override
    public String getShortDescription() {
        return Messages.UnpinCause_Description(user);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnpinCause cause && cause.user.equals(user);
    }

    @Override
    public int hashCode() {
        return user.hashCode();
    }
}
