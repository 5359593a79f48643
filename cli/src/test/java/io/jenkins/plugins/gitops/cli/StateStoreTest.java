package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    private static final UUID APPLICATION = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

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
        store.save(APPLICATION, new StateStore.State(1, "abc", seen, heals));

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

        new StateStore(file, warnings::add).save(APPLICATION, StateStore.State.NEW);

        assertThat(warnings).singleElement().asString().contains("--state");
    }

    @Test
    void nothingButTheStateIsLeftInTheFolder() throws IOException {
        StateStore store = new StateStore(folder, warnings::add);
        store.save(APPLICATION, StateStore.State.NEW);
        store.save(APPLICATION, StateStore.State.NEW.withSyncedRevision("b"));

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(APPLICATION + ".json");
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

    private static SyncReport report(String revision, boolean dryRun, SyncReport.Result result) {
        return new SyncReport(1, "shop", revision, TIME, 1, dryRun, result, null, "", List.of(), List.of());
    }
}
