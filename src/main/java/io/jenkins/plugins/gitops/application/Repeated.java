package io.jenkins.plugins.gitops.application;

import java.io.Serializable;
import java.time.Instant;

/**
 * Consecutive checks that found the same are one build, the newest.
 *
 * <p>A plain class: XStream writes records but cannot read them.
 */
public final class Repeated implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long firstSeen;
    private final int count;

    Repeated(Instant firstSeen, int count) {
        this.firstSeen = firstSeen.toEpochMilli();
        this.count = count;
    }

    /** When the first of them began. */
    public Instant getFirstSeen() {
        return Instant.ofEpochMilli(firstSeen);
    }

    /** How many there were before this build. */
    public int getCount() {
        return count;
    }
}
