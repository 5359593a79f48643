package io.jenkins.plugins.gitops.reconcile;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.model.Application;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * One sync at a time of each application, whichever builds of this Jenkins carry it out: two builds of a pipeline, two
 * pipelines that share an identity, an item and a pipeline. Another controller is kept away by the engine's Lease.
 */
@Extension
public final class ApplicationLocks {
    private final Map<String, Lock> locks = new HashMap<>();

    public static ApplicationLocks get() {
        return ExtensionList.lookupSingleton(ApplicationLocks.class);
    }

    private static final class Lock {
        private final Semaphore free = new Semaphore(1, true);
        private int users;
        private volatile String holder = "";
    }

    /** Until it is closed, nobody else syncs the application. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for its turn; whoever came first is first.
     *
     * @param who the build, as it is told to those that wait for it
     */
    public Held acquire(Application application, String who, TaskListener listener) throws InterruptedException {
        String key = application.destination().cluster() + "\n" + application.uuid();
        Lock lock = enter(key);
        try {
            if (!lock.free.tryAcquire()) {
                listener.getLogger()
                        .println("Waiting for " + lock.holder + ", which syncs " + application.name() + " too");
                lock.free.acquire();
            }
        } catch (InterruptedException e) {
            leave(key, lock);
            throw e;
        }
        lock.holder = who;
        return () -> {
            lock.free.release();
            leave(key, lock);
        };
    }

    private synchronized Lock enter(String key) {
        Lock lock = locks.computeIfAbsent(key, missing -> new Lock());
        lock.users++;
        return lock;
    }

    private synchronized void leave(String key, Lock lock) {
        lock.users--;
        if (lock.users == 0) {
            locks.remove(key);
        }
    }
}
