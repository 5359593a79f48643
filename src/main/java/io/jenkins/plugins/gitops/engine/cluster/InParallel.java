package io.jenkins.plugins.gitops.engine.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does the same with every item, each on a virtual thread of its own; the API server's connection bounds how many requests
 * are in flight. Returns when all are done. The first failure, or an interrupt of the caller, stops those not yet done.
 */
public final class InParallel {
    private InParallel() {}

    /** @return the results in the order of the items */
    public static <T, R> List<R> map(Collection<T> items, Function<T, R> function) {
        List<Future<R>> results = new ArrayList<>(items.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<R> done = new ExecutorCompletionService<>(threads);
            for (T item : items) {
                results.add(done.submit(() -> function.apply(item)));
            }
            try {
                for (int i = 0; i < results.size(); i++) {
                    done.take().get();
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw new CancelledException();
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
        return results.stream().map(Future::resultNow).toList();
    }
}
