package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.history.ProcessLock;
import io.jenkins.plugins.gitops.engine.history.SafeFiles;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is remembered of each application between two runs, one JSON file each. Losing it costs knowledge ("since when"),
 * never correctness; so whatever goes wrong here is a warning, and the run goes on.
 */
final class StateStore {
    /**
     * One application's memory.
     *
     * @param syncedRevision of the last sync that succeeded; empty before the first one
     * @param heals so that a watch that is started again goes on with a fight where the one before left it
     */
    record State(int schemaVersion, String syncedRevision, Observations observations, HealHistory heals) {
        static final State NEW = new State(1, "", Observations.EMPTY, HealHistory.EMPTY);

        State {
            syncedRevision = syncedRevision == null ? "" : syncedRevision;
            observations = observations == null ? Observations.EMPTY : observations;
            heals = heals == null ? HealHistory.EMPTY : heals;
        }

        State withObservations(Observations other) {
            return new State(schemaVersion, syncedRevision, other, heals);
        }

        State withHeals(HealHistory other) {
            return new State(schemaVersion, syncedRevision, observations, other);
        }

        State withSyncedRevision(String other) {
            return new State(schemaVersion, other, observations, heals);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Duration patience;
    private final Consumer<String> warnings;

    StateStore(Path folder, Consumer<String> warnings) {
        this(folder, PATIENCE, warnings);
    }

    /** @param patience how long another process is waited for that writes at the same time */
    StateStore(Path folder, Duration patience, Consumer<String> warnings) {
        this.folder = folder;
        this.patience = patience;
        this.warnings = warnings;
    }

    State load(UUID application) {
        Path file = file(application);
        try {
            State read = ReportJson.read(Files.readString(file), State.class);
            return read == null ? State.NEW : read;
        } catch (NoSuchFileException e) {
            return State.NEW;
        } catch (JsonProcessingException e) {
            warnings.accept(file + " is damaged and was left out; this check starts without a memory of earlier ones");
            return State.NEW;
        } catch (IOException e) {
            warnings.accept("cannot read " + file + ": " + e.getMessage());
            return State.NEW;
        }
    }

    /** Keeps what a sync saw; a dry run changed nothing, so there is nothing to keep. */
    void remember(UUID application, SyncReport report) {
        if (report.dryRun()) {
            return;
        }
        boolean applied =
                report.result() == SyncReport.Result.Succeeded || report.result() == SyncReport.Result.Waiting;
        boolean done = applied && !report.partial();
        update(application, state -> {
            State after = state.withObservations(state.observations().after(report));
            return done ? after.withSyncedRevision(report.revision()) : after;
        });
    }

    /** Keeps what a comparison saw that began with what was known then. */
    void remember(UUID application, DriftReport report, Observations before) {
        update(application, state -> state.withObservations(state.observations().after(report, before)));
    }

    /**
     * Changes what is remembered now, which another process may have changed since it was loaded: one after the other, so that
     * neither loses what the other keeps. Whoever reads at the same time gets the old file or the new one, never a part.
     *
     * @return what is remembered now, or would be
     */
    State update(UUID application, UnaryOperator<State> change) {
        try (ProcessLock lock = ProcessLock.of(folder.resolve("lock"), patience)
                .orElseThrow(() ->
                        new IOException("another gitops has been writing there for " + Durations.spoken(patience)))) {
            SafeFiles.sweep(folder);
            State after = change.apply(load(application));
            SafeFiles.write(file(application), ReportJson.compact(after).getBytes(StandardCharsets.UTF_8));
            return after;
        } catch (IOException e) {
            warnings.accept(
                    "cannot keep what this check saw in " + folder + ": " + e + "; choose another folder with --state");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warnings.accept("interrupted before what this check saw was kept in " + folder);
        }
        // What is wrong with the file was said already.
        return change.apply(new StateStore(folder, ignored -> {}).load(application));
    }

    private Path file(UUID application) {
        return folder.resolve(application + ".json");
    }
}
