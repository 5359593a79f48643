package io.jenkins.plugins.gitops.reconcile;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import jenkins.util.Timer;

/** Writes down what was done although the build is being aborted: an interrupt would close the very file. */
public final class Undisturbed {
    private Undisturbed() {}

    /** What is to be written. */
    public interface Work {
        void run() throws IOException;
    }

    /** Does it in a thread that nobody interrupts, and waits for its end. */
    public static void write(Work work) throws IOException {
        Future<Void> done = Timer.get().submit(() -> {
            work.run();
            return null;
        });
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
