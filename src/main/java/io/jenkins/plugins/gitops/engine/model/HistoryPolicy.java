package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much of an application's history is kept (SEMANTICS 10). The last sync that succeeded and the pinned one stay whatever it says.
 *
 * @param attempts how many at most
 * @param age how old at most
 */
public record HistoryPolicy(int attempts, Duration age) implements Serializable {
    public static final HistoryPolicy DEFAULT = new HistoryPolicy(1000, Duration.ofDays(365));
}
