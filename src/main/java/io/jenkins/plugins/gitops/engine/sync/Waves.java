package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.plan.Task;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.Results.End;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes wave after wave: one begins when the one before it is healthy, and none begins after a failure (SEMANTICS 5). */
final class Waves {
    private final SyncListener listener;
    private final Results results;
    private final ObjectWriter writer;
    private final SyncHealth health;
    private final Supplier<Optional<String>> newerRevision;

    /** @param newerRevision asked between waves: what supersedes this sync */
    Waves(
            SyncListener listener,
            Results results,
            ObjectWriter writer,
            SyncHealth health,
            Supplier<Optional<String>> newerRevision) {
        this.newerRevision = newerRevision;
        this.listener = listener;
        this.results = results;
        this.writer = writer;
        this.health = health;
    }

    /** Carries tasks out in their order. */
    End run(List<Task> tasks) {
        Map<Integer, List<Task>> waves =
                tasks.stream().collect(Collectors.groupingBy(Task::wave, LinkedHashMap::new, Collectors.toList()));
        List<Integer> order = new ArrayList<>(waves.keySet());
        for (int wave : order) {
            List<Task> now = waves.get(wave);
            int failedBefore = results.failed();
            listener.on(new SyncListener.WaveStarted(now.getFirst().phase().name(), wave, now.size()));
            End end = writeWave(now);
            if (end.result() != Result.Succeeded) {
                return end;
            }
            if (results.failed() > failedBefore) {
                return End.failed("");
            }
            if (wave != order.getLast()) {
                End healthy = health.awaitWave(wave, now);
                if (healthy.result() != Result.Succeeded) {
                    return healthy;
                }
                Optional<String> newer = newerRevision.get();
                if (newer.isPresent()) {
                    return new End(Result.Superseded, Attempts.supersededBy(newer.get()));
                }
            }
        }
        return End.SUCCEEDED;
    }

    /** Prunes, then applies, kind by kind; objects of one kind in parallel. */
    private End writeWave(List<Task> wave) {
        Map<Object, List<Task>> kinds = wave.stream()
                .filter(task -> !results.contains(task.key()))
                .collect(Collectors.groupingBy(
                        task -> List.of(task.isPrune(), task.key().groupKind()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        for (List<Task> kind : kinds.values()) {
            InParallel.map(kind, writer::write);
            End end = health.establish(kind);
            if (end.result() != Result.Succeeded) {
                return end;
            }
        }
        return End.SUCCEEDED;
    }
}
