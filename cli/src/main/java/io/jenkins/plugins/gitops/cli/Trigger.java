package io.jenkins.plugins.gitops.cli;

import java.time.Duration;

/** Wakes the watch's one thread: by a change in the cluster, or when it is time. */
final class Trigger {
    private boolean fired;

    synchronized void fire() {
        fired = true;
        notifyAll();
    }

    /** Returns when fired, or at the end of the time; an earlier firing that nobody awaited counts. */
    synchronized boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!fired) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        fired = false;
        return true;
    }

    /** Lets a burst of changes end: returns after a time without one, or at the latest after the longest time. */
    void settle(Duration quiet, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean more = true;
        while (more && System.nanoTime() < end) {
            more = await(quiet);
        }
    }
}
