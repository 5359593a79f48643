package io.jenkins.plugins.gitops.engine.history;

import java.time.Instant;

/**
 * An application that stays at one attempt's set until somebody un-pins it; automatic sync does not fight it (SEMANTICS 10).
 *
 * @param attempt the attempt whose set runs
 * @param revision its commit
 * @param set its set
 * @param by who pinned it
 */
public record Pin(int attempt, String revision, String set, String by, Instant time, String reason) {}
