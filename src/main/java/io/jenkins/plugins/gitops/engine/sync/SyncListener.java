package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Hears of a sync's progress while it runs; may be called from several threads, never from two at once. */
public interface SyncListener {
    SyncListener SILENT = event -> {};

    void on(Event event);

    /** What a listener hears. */
    sealed interface Event {}

    /** The comparison begins; {@code objects} are desired. */
    record Comparing(int objects) implements Event {}

    /** The plan is made: so many objects will be written or pruned, the rest is in sync. */
    record Planned(int tasks, int unchanged) implements Event {}

    /** A wave begins. */
    record WaveStarted(String phase, int wave, int tasks) implements Event {}

    /** One object is done. */
    record ObjectDone(ObjectSync object, int done, int total) implements Event {}

    /**
     * The sync failed for something that may pass, and is tried again after the pause.
     *
     * @param retry 1 for the first further try, of {@code limit}
     */
    record Retrying(int retry, int limit, Duration pause, String why) implements Event {}

    /** The lock of an earlier sync by this controller is awaited, which has not ended in order: at most until then. */
    record AwaitingLock(String holder, Instant until) implements Event {}

    /** The sync is over, but its lock could not be released: the next sync waits until it ends by itself. */
    record LockLeft(String why, Instant until) implements Event {}

    /** Health is awaited: these objects, in text form with the reason, are not healthy yet. */
    record Waiting(List<String> unhealthy) implements Event {}
}
