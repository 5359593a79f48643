package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.dependency.Readiness;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an application waits for before it is synced.
 *
 * @param check compares a dependency with its newest revision, and looks at its health
 */
record Dependencies(String application, List<Application> all, Function<Application, Readiness> check) {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** What is still to come; empty when all are ready. */
    Optional<String> awaited() {
        String awaited = all.stream()
                .map(check)
                .filter(readiness -> !readiness.isReady())
                .map(Readiness::why)
                .collect(Collectors.joining("; "));
        return Optional.of(awaited).filter(why -> !why.isEmpty());
    }

    /**
     * Returns when all are ready.
     *
     * @param told hears what is waited for, each time that it is something else
     * @throws RefusedException when the time is over
     */
    void await(Duration atMost, Consumer<String> told) {
        long end = System.nanoTime() + atMost.toNanos();
        String last = "";
        Optional<String> why = awaited();
        while (why.isPresent()) {
            if (System.nanoTime() >= end) {
                throw new RefusedException(application + " is not synced before what it depends on: " + why.get()
                        + (atMost.isZero() ? "" : ". Waited for " + Durations.spoken(atMost)));
            }
            if (!why.get().equals(last)) {
                last = why.get();
                told.accept("Waiting: " + last);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new CancelledException();
            }
            why = awaited();
        }
    }
}
