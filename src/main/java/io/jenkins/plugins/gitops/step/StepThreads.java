package io.jenkins.plugins.gitops.step;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for steps that block. Each serves one pipeline's {@code node} block, so there are no more than executors. */
final class StepThreads {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "gitopsSync"));

    private StepThreads() {}

    static void submit(Runnable work) {
        POOL.execute(work);
    }
}
