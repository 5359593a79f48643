package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The clockwork of a sync, in one place so that a test can turn it by hand.
 *
 * @param sleep waits; ends with {@link CancelledException} when the thread is interrupted
 * @param random from 0 to 1, for the jitter of retries
 * @param lock how long the lock holds
 * @param clock says what time it is for sync windows
 * @param betweenLooksAtGit how often Git is asked, while a sync waits, whether it has a newer revision
 */
public record Timing(
        Consumer<Duration> sleep,
        DoubleSupplier random,
        SyncLock.Times lock,
        InstantSource clock,
        Duration betweenLooksAtGit) {
    private static final Duration BETWEEN_LOOKS_AT_GIT = Duration.ofSeconds(15);

    public static final Timing REAL = new Timing(Timing::sleepReally, Math::random, SyncLock.Times.DEFAULT);

    /** By the clock of this machine. */
    public Timing(Consumer<Duration> sleep, DoubleSupplier random, SyncLock.Times lock) {
        this(sleep, random, lock, InstantSource.system());
    }

    public Timing(Consumer<Duration> sleep, DoubleSupplier random, SyncLock.Times lock, InstantSource clock) {
        this(sleep, random, lock, clock, BETWEEN_LOOKS_AT_GIT);
    }

    private static void sleepReally(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
    }
}
