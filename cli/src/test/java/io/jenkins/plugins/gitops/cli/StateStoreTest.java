package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.history.FaultyFiles;
import io.jenkins.plugins.gitops.engine.history.FaultyFiles.Fault;
import io.jenkins.plugins.gitops.engine.history.ProcessLock;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateStoreTest {
    private static final UUID APPLICATION = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private static final int UPDATES = 25;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void whatWasKeptIsFoundAgainByItsApplicationOnly() {
        StateStore store = new StateStore(folder.resolve("state"), warnings::add);
        Observations seen = new Observations(
                1,
                Map.of(
                        "ConfigMap shop/a",
                        new Observations.Seen(TIME, new ObservedBetween(TIME, TIME), "digest", Map.of(), TIME)));

        HealHistory heals = new HealHistory(1, Map.of("ConfigMap shop/a data.b", new HealHistory.Healed(3, TIME)));
        store.update(APPLICATION, before -> new StateStore.State(1, "abc", seen, heals));

        assertThat(store.load(APPLICATION)).isEqualTo(new StateStore.State(1, "abc", seen, heals));
        assertThat(store.load(new UUID(0, 2))).isEqualTo(StateStore.State.NEW);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aTornFileIsLeftOutWithAWarning() throws IOException {
        Files.writeString(folder.resolve(APPLICATION + ".json"), "{\"schemaVersion\":1,\"obs");
        StateStore store = new StateStore(folder, warnings::add);

        assertThat(store.load(APPLICATION)).isEqualTo(StateStore.State.NEW);
        assertThat(warnings).singleElement().asString().contains("is damaged").contains(APPLICATION.toString());
    }

    @Test
    void aFolderThatCannotBeWrittenIsAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        new StateStore(file, warnings::add).update(APPLICATION, state -> state);

        assertThat(warnings).singleElement().asString().contains("--state");
    }

    @Test
    void nothingButTheStateIsLeftInTheFolder() throws IOException {
        StateStore store = new StateStore(folder, warnings::add);
        Files.writeString(folder.resolve(".123.tmp"), "what a death left");
        store.update(APPLICATION, state -> state);
        store.update(APPLICATION, state -> state.withSyncedRevision("b"));

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(APPLICATION + ".json", "lock");
        }
    }

    @Test
    void onlyASuccessfulSyncThatWroteCountsAsSynced() {
        StateStore store = new StateStore(folder, warnings::add);

        store.remember(APPLICATION, report("dry", true, SyncReport.Result.Succeeded));
        store.remember(APPLICATION, report("failed", false, SyncReport.Result.Failed));
        assertThat(store.load(APPLICATION).syncedRevision()).isEmpty();

        store.remember(APPLICATION, report("done", false, SyncReport.Result.Succeeded));
        assertThat(store.load(APPLICATION).syncedRevision()).isEqualTo("done");
    }

    /** As two commands for one application at the same moment, which each change what the other keeps too. */
    @Test
    void twoProcessesAtOnceLoseNothingOfEachOther() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("ada", "grace")) {
            processes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StateStoreTest.class.getName(),
                            folder.toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(new StateStore(folder, warnings::add)
                        .load(APPLICATION)
                        .heals()
                        .fields())
                .hasSize(2 * UPDATES);
        assertThat(warnings).isEmpty();
    }

    /** One of the processes: where, and who it is. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        // They begin together, whichever is started first.
        Files.writeString(folder.resolve(arguments[1]), "");
        while (!Files.exists(folder.resolve("ada")) || !Files.exists(folder.resolve("grace"))) {
            Thread.sleep(2);
        }
        StateStore store = new StateStore(folder, warning -> System.exit(1));
        for (int i = 0; i < UPDATES; i++) {
            String field = "ConfigMap shop/" + arguments[1] + i;
            store.update(APPLICATION, state -> {
                Map<String, HealHistory.Healed> fields =
                        new HashMap<>(state.heals().fields());
                fields.put(field, new HealHistory.Healed(1, TIME));
                return state.withHeals(new HealHistory(1, fields));
            });
        }
    }

    @Test
    void whoHoldsTheFolderForTooLongIsAWarningAndTheRunGoesOn() throws Exception {
        StateStore store = new StateStore(folder, Duration.ofMillis(100), warnings::add);
        store.update(APPLICATION, state -> state.withSyncedRevision("a"));
        StateStore.State told;
        try (ProcessLock other =
                ProcessLock.of(folder.resolve("lock"), Duration.ofSeconds(5)).orElseThrow()) {
            told = store.update(APPLICATION, state -> state.withSyncedRevision("b"));
            assertThat(other).isNotNull();
        }

        assertThat(told.syncedRevision()).isEqualTo("b");
        assertThat(store.load(APPLICATION).syncedRevision()).isEqualTo("a");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("another gitops")
                .contains(folder.toString());
    }

    /** A long check must not take back what a sync kept while it compared. */
    @Test
    void whatASyncKeptWhileACheckComparedStands() {
        StateStore store = new StateStore(folder, warnings::add);
        Observations before = store.load(APPLICATION).observations();
        ResourceKey synced = new ResourceKey("", "ConfigMap", "shop", "synced");
        Observations.Seen there = new Observations.Seen(TIME.plusSeconds(5), null, "digest", Map.of(), null);
        store.update(
                APPLICATION,
                state -> state.withSyncedRevision("new")
                        .withObservations(new Observations(1, Map.of(synced.toString(), there))));

        store.remember(APPLICATION, drift(missing("synced"), missing("other")), before);

        StateStore.State after = store.load(APPLICATION);
        assertThat(after.syncedRevision()).isEqualTo("new");
        assertThat(after.observations().of(synced)).isEqualTo(there);
        assertThat(after.observations()
                        .of(new ResourceKey("", "ConfigMap", "shop", "other"))
                        .differsSince())
                .isEqualTo(TIME);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverStepOfWritingIsCutTheOldOrTheNewStateIsThere(Fault fault) throws IOException {
        for (int step = 1, steps = step; step <= steps; step++) {
            Path state = folder.resolve(fault + "-" + step);
            FaultyFiles files = new FaultyFiles(fault, step);
            List<String> kept = new ArrayList<>(List.of(""));
            try {
                for (String revision : List.of("a", "b", "c")) {
                    new StateStore(files.on(state), warnings::add)
                            .update(APPLICATION, before -> before.withSyncedRevision(revision));
                    kept.add(revision);
                }
            } catch (FaultyFiles.Death e) {
                assertThat(files.happened()).isTrue();
            }
            files.restart();
            steps = files.happened() ? step + 1 : step;

            warnings.clear();
            List<String> possible = files.happened() ? List.of("", "a", "b", "c") : List.of("c");
            String found =
                    new StateStore(state, warnings::add).load(APPLICATION).syncedRevision();
            assertThat(possible).as("%s at step %s", fault, step).contains(found);
            if (fault != Fault.diskIsFull) {
                assertThat(possible.indexOf(found))
                        .as("%s at step %s", fault, step)
                        .isGreaterThanOrEqualTo(possible.indexOf(kept.getLast()));
            }
            assertThat(warnings).isEmpty();
        }
    }

    private static DriftReport drift(ObjectDrift... objects) {
        return new DriftReport(1, "shop", "a", TIME, ApplicationVerdict.OutOfSync, List.of(objects), List.of());
    }

    private static ObjectDrift missing(String name) {
        return new ObjectDrift(
                "",
                "ConfigMap",
                "shop",
                name,
                Verdict.Missing,
                "",
                "a.yaml:1",
                ObjectDrift.Ownership.none,
                new ObservedBetween(null, TIME),
                Severity.critical,
                TIME,
                "",
                List.of());
    }

    private static SyncReport report(String revision, boolean dryRun, SyncReport.Result result) {
        return new SyncReport(1, "shop", revision, TIME, 1, dryRun, result, null, "", List.of(), List.of());
    }
}
