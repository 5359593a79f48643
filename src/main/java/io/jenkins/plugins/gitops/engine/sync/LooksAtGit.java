package io.jenkins.plugins.gitops.engine.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks now and then, while a sync waits and writes nothing, whether Git has a newer revision by now.
 *
 * @param newerRevision the revision that makes the sync pointless; may take a moment
 * @param interval between two questions, and before the first
 */
public record LooksAtGit(Supplier<Optional<String>> newerRevision, Duration interval) {
    static final LooksAtGit NEVER = new LooksAtGit(Optional::empty, Duration.ofDays(365));

    Instant next() {
        return Instant.now().plus(interval);
    }
}
