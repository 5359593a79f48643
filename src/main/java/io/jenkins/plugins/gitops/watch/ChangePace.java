package io.jenkins.plugins.gitops.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * When an application is checked whose objects changed: when they have come to rest, and the less often the more often they change.
 * Not thread-safe. The times are given, so that no test waits.
 */
final class ChangePace {
    /** Changes come in bursts; one check sees them all. */
    static final Duration QUIET = Duration.ofMillis(500);

    static final Duration LONGEST_BURST = Duration.ofSeconds(2);

    /** Between the first two checks; it doubles for as long as there are changes within it. */
    static final Duration FIRST_GAP = Duration.ofSeconds(5);

    static final Duration LONGEST_GAP = Duration.ofMinutes(5);

    private Instant first;
    private Instant last = Instant.MIN;
    private Instant checked = Instant.MIN;
    private Duration gap = Duration.ZERO;

    void changed(Instant now) {
        first = first == null ? now : first;
        last = now;
    }

    /** Whether a check is due; what changed until then is checked by it. */
    boolean isDue(Instant now) {
        if (first == null || now.isBefore(last.plus(QUIET)) && now.isBefore(first.plus(LONGEST_BURST))) {
            return false;
        }
        if (!gap.isZero() && now.isBefore(checked.plus(gap))) {
            return false;
        }
        boolean calm = gap.isZero() || first.isAfter(checked.plus(gap.multipliedBy(2)));
        gap = calm ? FIRST_GAP : gap.multipliedBy(2).compareTo(LONGEST_GAP) < 0 ? gap.multipliedBy(2) : LONGEST_GAP;
        checked = now;
        first = null;
        return true;
    }

    boolean isIdle(Instant now) {
        return first == null && (gap.isZero() || now.isAfter(checked.plus(gap.multipliedBy(2))));
    }
}
