package io.jenkins.plugins.gitops.application;

import hudson.model.Cause;
import java.util.Objects;

/** Another application depends on this one, and waits for it. */
public final class DependencyCause extends Cause {
    private final String dependent;

    DependencyCause(String dependent) {
        this.dependent = dependent;
    }

    /** The full name of who waits. */
    public String getDependent() {
        return dependent;
    }

    @Override
    public String getShortDescription() {
        return Messages.DependencyCause_Description(dependent);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DependencyCause cause && cause.dependent.equals(dependent);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(dependent);
    }
}
