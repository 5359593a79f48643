package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.model.HistoryPolicy;
import java.time.Duration;

/**
 * How much of a history is kept. The last sync that succeeded and the pinned one are kept whatever this says.
 *
 * @param attempts at most so many
 * @param age at most so old
 */
public record Retention(int attempts, Duration age) {
    public static final Retention DEFAULT = of(HistoryPolicy.DEFAULT);

    public static Retention of(HistoryPolicy policy) {
        return new Retention(policy.attempts(), policy.age());
    }

    public Retention {
        if (attempts < 1 || age.isNegative()) {
            throw new IllegalArgumentException("a history keeps one attempt at least, and an age is not negative");
        }
    }
}
