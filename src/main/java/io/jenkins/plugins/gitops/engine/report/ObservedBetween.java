package io.jenkins.plugins.gitops.engine.report;

import java.time.Instant;

/**
 * The interval in which something went away that leaves no trace in the live object (SEMANTICS 12).
 *
 * @param lastSeenWith the last time that we know it was there; null when we never saw it
 * @param firstSeenWithout the first time that we saw it gone
 */
public record ObservedBetween(Instant lastSeenWith, Instant firstSeenWithout) {}
