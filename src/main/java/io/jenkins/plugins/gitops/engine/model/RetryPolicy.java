package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often, and after which pauses, a sync is tried again that failed for something that may pass (SEMANTICS 7): a timeout,
 * 429, 5xx, a lost connection, a conflict. Nothing else is tried again.
 *
 * @param limit further tries after the first; 0 means none
 * @param firstPause before the first further try; every later one is {@code factor} times as long
 * @param longestPause the cap of what {@code factor} makes of it
 */
public record RetryPolicy(int limit, Duration firstPause, int factor, Duration longestPause) implements Serializable {
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(5), 2, Duration.ofMinutes(3));

    /** One try and no other. */
    public static final RetryPolicy NEVER = DEFAULT.withLimit(0);

    public RetryPolicy withLimit(int other) {
        return new RetryPolicy(other, firstPause, factor, longestPause);
    }

    /**
     * The pause before a further try, without jitter.
     *
     * @param retry 1 for the first further try
     */
    public Duration pause(int retry) {
        double millis = Math.min(firstPause.toMillis() * Math.pow(factor, retry - 1), longestPause.toMillis());
        return Duration.ofMillis((long) millis);
    }
}
