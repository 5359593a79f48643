package io.jenkins.plugins.gitops.watch;

import hudson.model.Cause;
import java.util.Objects;

/** The watch on a cluster saw that an object of the application changed. */
public final class ClusterChangeCause extends Cause {
    private final String object;
    private final String manager;
    private final int more;

    /**
     * @param manager who changed it; empty when nobody knows
     * @param more how many other changes there were
     */
    ClusterChangeCause(String object, String manager, int more) {
        this.object = object;
        this.manager = manager;
        this.more = more;
    }

    public String getObject() {
        return object;
    }

    public String getManager() {
        return manager;
    }

    @Override
    public String getShortDescription() {
        String what = manager.isEmpty()
                ? Messages.ClusterChangeCause_Description(object)
                : Messages.ClusterChangeCause_By(object, manager);
        return more == 0 ? what : Messages.ClusterChangeCause_More(what, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterChangeCause cause
                && cause.object.equals(object)
                && cause.manager.equals(manager)
                && cause.more == more;
    }

    @Override
    public int hashCode() {
        return Objects.hash(object, manager, more);
    }
}
