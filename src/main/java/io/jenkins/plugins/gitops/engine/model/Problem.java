package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;

/**
 * One thing that is wrong with the input, written for the person who must mend it.
 *
 * @param where {@code file:line}, {@code file:line:column}, an object or an option
 * @param what what is wrong and what to do about it
 */
public record Problem(String where, String what) implements Serializable {
    public static Problem at(Origin origin, String what) {
        return new Problem(origin.toString(), what);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
