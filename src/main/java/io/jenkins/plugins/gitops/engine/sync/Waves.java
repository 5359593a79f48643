package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.plan.HookTask;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.plan.Wave;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes wave after wave: one begins when the one before it is healthy, and none begins after a failure (SEMANTICS 5). */
final class Waves {
    private final SyncListener listener;
    private final Results results;
    private final ObjectWriter writer;
    private final Preflight preflight;
    private final HookRunner hooks;
    private final SyncHealth health;
    private final Supplier<Optional<String>> newerRevision;

    /** @param newerRevision asked between waves: what supersedes this sync */
    Waves(
            SyncListener listener,
            Results results,
            ObjectWriter writer,
            Preflight preflight,
            HookRunner hooks,
            SyncHealth health,
            Supplier<Optional<String>> newerRevision) {
        this.newerRevision = newerRevision;
        this.preflight = preflight;
        this.listener = listener;
        this.results = results;
        this.writer = writer;
        this.hooks = hooks;
        this.health = health;
    }

    /** Carries tasks and hooks out in their order; whether the last wave is healthy is left to the caller. */
    End run(List<Task> tasks, List<HookTask> runs) {
        return run(tasks, runs, false);
    }

    /** The same, awaiting the last wave too. */
    End runAndAwait(List<Task> tasks, List<HookTask> runs) {
        return run(tasks, runs, true);
    }

    private End run(List<Task> tasks, List<HookTask> runs, boolean awaitLast) {
        List<Wave> waves = Wave.of(tasks, runs);
        boolean allAwaited = false;
        for (Wave wave : waves) {
            if (wave.phase() == Phase.PostSync && !allAwaited) {
                // PostSync hooks come to an application that is healthy, also where nothing was written.
                End healthy = health.awaitAll();
                if (healthy.result() != Result.Succeeded) {
                    return healthy;
                }
                allAwaited = true;
            }
            boolean last = wave == waves.getLast();
            End end = run(wave, last && !awaitLast);
            if (end.result() != Result.Succeeded) {
                return end;
            }
            Optional<String> newer = last ? Optional.empty() : newerRevision.get();
            if (newer.isPresent()) {
                return new End(Result.Superseded, Attempts.supersededBy(newer.get()));
            }
        }
        return End.SUCCEEDED;
    }

    private End run(Wave wave, boolean last) {
        int failedBefore = results.failed();
        listener.on(new SyncListener.WaveStarted(wave.phase().name(), wave.number(), wave.size()));
        End end = write(wave);
        hooks.await();
        if (end.result() != Result.Succeeded) {
            return end;
        }
        if (results.failed() > failedBefore) {
            return End.failed("");
        }
        return last ? End.SUCCEEDED : health.awaitWave(wave.number(), wave.tasks());
    }

    /** Prunes, deletions of old hooks, then what is written, kind by kind; objects of one kind in parallel. */
    private End write(Wave wave) {
        for (List<Task> kind : wave.prunes()) {
            write(kind);
        }
        hooks.clear(wave.hooks());
        for (Wave.Kind kind : wave.kinds()) {
            write(kind.tasks().stream().filter(task -> !isDeferred(task)).toList());
            hooks.start(kind.hooks());
            End end = health.establish(kind.tasks());
            if (end.result() != Result.Succeeded) {
                return end;
            }
        }
        // What needs others of its wave comes after them.
        List<Task> deferred = wave.tasks().stream().filter(Waves::isDeferred).toList();
        for (Wave.Kind kind :
                new Wave(wave.phase(), wave.number(), preflight.judgeInTurn(deferred), List.of()).kinds()) {
            write(kind.tasks());
        }
        return End.SUCCEEDED;
    }

    private static boolean isDeferred(Task task) {
        return task.object().obstacle() == Obstacle.deferred;
    }

    private void write(List<Task> tasks) {
        InParallel.map(
                tasks.stream().filter(task -> !results.contains(task.key())).toList(), writer::write);
    }
}
