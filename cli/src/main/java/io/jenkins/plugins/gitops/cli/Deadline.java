package io.jenkins.plugins.gitops.cli;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment that is waited for, by a clock that may be set. One that is further away than it can have been set has been reached: the
 * clock was set back, and waiting for it would take as long again.
 *
 * @param longest how far away it was at most when it was set
 */
record Deadline(Instant at, Duration longest) {
    static final Deadline REACHED = new Deadline(Instant.EPOCH, Duration.ZERO);

    static Deadline in(Duration wait, Instant now) {
        return new Deadline(now.plus(wait), wait);
    }

    boolean isReached(Instant now) {
        return left(now).isZero();
    }

    Duration left(Instant now) {
        Duration left = Duration.between(now, at);
        return left.isNegative() || left.compareTo(longest) > 0 ? Duration.ZERO : left;
    }
}
