package io.jenkins.plugins.gitops.step;

import hudson.init.Terminator;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Threads for steps that block. Each serves one pipeline's {@code node} block, so there are no more than executors. */
public final class StepThreads {
    private static final Logger LOGGER = Logger.getLogger(StepThreads.class.getName());
    private static final ExecutorService POOL = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "gitopsSync"));
    /** How long Jenkins waits at its end: a sync that is stopped in time releases its lock. */
    private static final long PATIENCE_SECONDS = 5;

    private static final Set<Working> WORKING = ConcurrentHashMap.newKeySet();

    private StepThreads() {}

    /** One step's work on its thread. */
    static final class Working {
        private final Thread thread = Thread.currentThread();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean cutShort;

        /** Whether Jenkins ends: the step has no answer, and is begun again by the next start. */
        boolean isCutShort() {
            return cutShort;
        }
    }

    static void submit(Consumer<Working> work) {
        POOL.execute(() -> {
            Working working = new Working();
            WORKING.add(working);
            try {
                work.accept(working);
            } finally {
                WORKING.remove(working);
                working.ended.countDown();
            }
        });
    }

    /** What runs when Jenkins ends must not go on beside the next start. */
    @Terminator
    public static void stopAll() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Working working : WORKING) {
            working.cutShort = true;
            working.thread.interrupt();
        }
        for (Working working : WORKING) {
            if (!working.ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOGGER.log(Level.WARNING, "{0} did not end in time; its lock ends by itself", working.thread.getName());
            }
        }
    }
}
