package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.history.SafeFiles;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;

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

    private final Path folder;
    private final Consumer<String> warnings;

    StateStore(Path folder, Consumer<String> warnings) {
        this.folder = folder;
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
        State before = load(application);
        State after = before.withObservations(before.observations().after(report));
        boolean applied =
                report.result() == SyncReport.Result.Succeeded || report.result() == SyncReport.Result.Waiting;
        boolean done = applied && !report.partial();
        save(application, done ? after.withSyncedRevision(report.revision()) : after);
    }

    /** Whoever reads at the same time gets the old file or the new one, never a part. */
    void save(UUID application, State state) {
        try {
            SafeFiles.write(file(application), ReportJson.compact(state).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            warnings.accept(
                    "cannot keep what this check saw in " + folder + ": " + e + "; choose another folder with --state");
        }
    }

    private Path file(UUID application) {
        return folder.resolve(application + ".json");
    }
}
