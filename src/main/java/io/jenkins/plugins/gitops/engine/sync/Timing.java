package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The clockwork of a sync, in one place so that a test can turn it by hand.
 *
 * @param sleep waits; ends with {@link CancelledException} when the thread is interrupted
 * @param random from 0 to 1, for the jitter of retries
 * @param lock how long the lock holds
 */
public record Timing(Consumer<Duration> sleep, DoubleSupplier random, SyncLock.Times lock) {
    public static final Timing REAL = new Timing(Timing::sleepReally, Math::random, SyncLock.Times.DEFAULT);

    private static void sleepReally(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
    }
}
