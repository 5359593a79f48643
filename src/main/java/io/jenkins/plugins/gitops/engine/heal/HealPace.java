package io.jenkins.plugins.gitops.engine.heal;

import java.time.Duration;
import java.util.List;

/**
 * How soon an object is healed again whose fields come back (SEMANTICS 8).
 *
 * @param firstPause after the first return of a field; after each later one three times as long. The first drift is healed at once
 * @param goesOn an object that is fought for is healed all the same, every {@link #IN_A_FIGHT}; else it is left alone
 */
public record HealPace(Duration firstPause, boolean goesOn) {
    public static final HealPace DEFAULT = new HealPace(Duration.ofSeconds(2), false);
    public static final Duration IN_A_FIGHT = Duration.ofSeconds(300);

    public HealPace {
        if (firstPause.isNegative() || firstPause.isZero()) {
            throw new IllegalArgumentException("healing without a pause would be a fight of its own");
        }
    }

    public HealPace withGoesOn(boolean other) {
        return new HealPace(firstPause, other);
    }

    /** Before the first, second … healing; what comes back after the last is a fight. */
    List<Duration> pauses() {
        return List.of(
                Duration.ZERO,
                firstPause,
                firstPause.multipliedBy(3),
                firstPause.multipliedBy(9),
                firstPause.multipliedBy(27));
    }
}
