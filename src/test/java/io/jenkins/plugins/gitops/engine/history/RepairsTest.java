package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SEMANTICS 10. */
class RepairsTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private History history;

    @BeforeEach
    void open() {
        history = new History(
                folder,
                new HistoryKey(new byte[32]),
                Retention.DEFAULT,
                Clock.fixed(TIME, ZoneOffset.UTC),
                warnings::add);
    }

    @Test
    void eachObjectIsPutRightByTheFirstAttemptThatDidIt() throws IOException {
        Attempt check = check(1, drifted("a", "b", "c", "d"));
        sync(Kind.dryRun, 2, done("a", Action.configured));
        sync(Kind.heal, 3, done("a", Action.configured), done("b", Action.failed));
        check(4, drifted("b", "c", "d"));
        sync(Kind.sync, 5, done("a", Action.configured), done("b", Action.unchanged));

        assertThat(new Repairs(history).of(check))
                .containsExactly(
                        new Repair(
                                "",
                                "ConfigMap",
                                "shop",
                                "a",
                                3,
                                Kind.heal,
                                TIME.plusSeconds(3).plusMillis(250)),
                        new Repair(
                                "",
                                "ConfigMap",
                                "shop",
                                "b",
                                5,
                                Kind.sync,
                                TIME.plusSeconds(5).plusMillis(250)));
    }

    @Test
    void whatALaterCheckFindsInOrderWasPutRightByOthers() throws IOException {
        Attempt check = check(1, drifted("a", "b"));
        check(2, Stream.concat(drifted("b"), inSync("a")));

        assertThat(new Repairs(history).of(check))
                .containsExactly(new Repair("", "ConfigMap", "shop", "a", 2, Kind.check, TIME.plusSeconds(2)));
    }

    @Test
    void anAttemptWhoseReportIsDamagedTellsNothing() throws IOException {
        Attempt check = check(1, drifted("a"));
        sync(Kind.heal, 2, done("a", Action.configured));
        sync(Kind.sync, 3, done("a", Action.unchanged));
        Path torn = AttemptFile.of(folder.resolve("attempts"), 2);
        byte[] whole = Files.readAllBytes(torn);
        Files.write(torn, java.util.Arrays.copyOf(whole, whole.length - 8));

        assertThat(new Repairs(history).of(check)).extracting(Repair::attempt).containsExactly(3);
    }

    private Attempt check(int seconds, Stream<ObjectDrift> objects) throws IOException {
        List<ObjectDrift> list = objects.toList();
        Instant time = TIME.plusSeconds(seconds);
        return history.record(
                Attempt.draft(Kind.check, "shop", "test", time)
                        .ended("OutOfSync", "", 1)
                        .finding(list.toString())
                        .build(),
                Reports.of(new DriftReport(1, "shop", "a", time, ApplicationVerdict.OutOfSync, list, List.of())),
                List.of());
    }

    private void sync(Kind kind, int seconds, ObjectSync... objects) throws IOException {
        Instant time = TIME.plusSeconds(seconds);
        SyncReport report = new SyncReport(
                1,
                "shop",
                "a",
                time,
                250,
                kind == Kind.dryRun,
                SyncReport.Result.Succeeded,
                null,
                "",
                List.of(objects),
                List.of());
        history.record(
                Attempt.draft(kind, "shop", "test", time)
                        .ended("Succeeded", "", 250)
                        .build(),
                Reports.of(null, report),
                List.of());
    }

    private static Stream<ObjectDrift> drifted(String... names) {
        return objects(Verdict.Drifted, names);
    }

    private static Stream<ObjectDrift> inSync(String... names) {
        return objects(Verdict.InSync, names);
    }

    private static Stream<ObjectDrift> objects(Verdict verdict, String... names) {
        return Stream.of(names)
                .map(name -> new ObjectDrift(
                        "",
                        "ConfigMap",
                        "shop",
                        name,
                        verdict,
                        "",
                        "a.yaml:1",
                        ObjectDrift.Ownership.owned,
                        null,
                        "",
                        List.of()));
    }

    private static ObjectSync done(String name, Action action) {
        return new ObjectSync("", "ConfigMap", "shop", name, action, "", "", "Sync", 0, false, 1, "", null, "");
    }
}
