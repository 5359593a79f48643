package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private History history;

    @BeforeEach
    void open() {
        history = open(Retention.DEFAULT, new HistoryKey(KEY));
    }

    @Test
    void attemptsAreNumberedAndListedNewestFirst() throws IOException {
        record(sync("a"));
        record(sync("b"));

        assertThat(history.attempts().map(Attempt::id)).containsExactly(2, 1);
        assertThat(history.attempts().map(Attempt::revision)).containsExactly("b", "a");
        assertThat(history.attempt(1).orElseThrow().revision()).isEqualTo("a");
        assertThat(history.attempt(3)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void reportsAndSetAreFoundAgainWithTheirOrigins() throws IOException {
        DriftReport drift = new DriftReport(1, "shop", "a", TIME, ApplicationVerdict.InSync, List.of(), List.of("ü"));
        Attempt attempt = history.record(sync("a"), Reports.of(drift), List.of(configMap("one", 1), secret("pass")));

        assertThat(history.reports(attempt)).isEqualTo(Reports.of(drift));
        assertThat(history.wanted(attempt)).containsExactly(configMap("one", 1), secret("pass"));
    }

    @Test
    void anObjectIsStoredOnceHoweverManySyncsHoldIt() throws IOException {
        List<Manifest> first =
                IntStream.range(0, 200).mapToObj(i -> configMap("n" + i, i)).toList();
        history.record(sync("a"), Reports.of(null), first);
        long sizeOfOne = bytesOfSets();
        List<Manifest> changed = new ArrayList<>(first);
        changed.set(7, configMap("n7", 1000));
        Attempt second = history.record(sync("b"), Reports.of(null), changed);
        Attempt third = history.record(sync("c"), Reports.of(null), first);

        assertThat(history.wanted(second)).isEqualTo(changed);
        assertThat(history.wanted(third)).isEqualTo(first);
        assertThat(SafeFiles.list(folder.resolve("sets"))).hasSize(2);
        assertThat(storedObjects()).isEqualTo(201);
        assertThat(bytesOfSets()).isLessThan(2 * sizeOfOne);
    }

    @Test
    void nothingOfASecretIsReadableAndItsNameIsNoDigestOfIt() throws IOException {
        history.record(sync("a"), Reports.of(null), List.of(secret("swordfish")));

        for (Path file : SafeFiles.list(folder.resolve("sets"))) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain("swordfish").doesNotContain(digest(secret("swordfish")));
        }
    }

    @Test
    void anObjectThatHidesATextIsStoredAsASecretIsAndHidesItStill() throws IOException {
        Manifest hiding = configMap("one", 1).hiding(HiddenTexts.of(List.of("swordfish")));
        hiding = hiding.withContent(hiding.editable().put("password", "swordfish"));
        Attempt attempt = history.record(sync("a"), Reports.of(null), List.of(hiding, configMap("two", 2)));

        for (Path file : SafeFiles.list(folder.resolve("sets"))) {
            List<StoredObject> objects = SetFile.read(file).head().objects();
            assertThat(objects).extracting(StoredObject::encrypted).containsExactlyInAnyOrder(true, false);
            assertThat(objects).extracting(StoredObject::name).doesNotContain(digest(hiding));
        }
        assertThat(history.wanted(attempt)).containsExactly(hiding, configMap("two", 2));
    }

    @Test
    void withAnotherKeyTheSecretsOfEarlierSyncsAreAnErrorAndNewOnesWork() throws IOException {
        Attempt old = history.record(sync("a"), Reports.of(null), List.of(secret("swordfish")));
        History other = open(Retention.DEFAULT, new HistoryKey(new byte[32]));

        assertThatThrownBy(() -> other.wanted(old)).hasMessageContaining("encrypted with another key");
        Attempt again = other.record(sync("b"), Reports.of(null), List.of(secret("swordfish")));
        assertThat(other.wanted(again)).containsExactly(secret("swordfish"));
    }

    @Test
    void consecutiveChecksWithOneFindingAreOneEntryWithTwoTimes() throws IOException {
        record(check("a", "replicas", TIME));
        record(check("a", "replicas", TIME.plusSeconds(900)));
        Attempt third = record(check("a", "replicas", TIME.plusSeconds(1800)));

        assertThat(history.attempts()).containsExactly(third);
        assertThat(third.time()).isEqualTo(TIME);
        assertThat(third.lastTime()).isEqualTo(TIME.plusSeconds(1800));
        assertThat(third.times()).isEqualTo(3);
    }

    /** A year of a check every 15 minutes is one entry; what grows is its numbers. */
    @Test
    void checksThatFindTheSameTakeNoMoreSpaceHoweverManyThereAre() throws IOException {
        DriftReport report = new DriftReport(
                1,
                "shop",
                "a",
                TIME,
                ApplicationVerdict.InSync,
                IntStream.range(0, 200).mapToObj(HistoryTest::unchanged).toList(),
                List.of());
        history.record(check("a", "nothing", TIME), Reports.of(report), List.of());
        long one = size();
        for (int i = 1; i < 100; i++) {
            history.record(check("a", "nothing", TIME.plusSeconds(900L * i)), Reports.of(report), List.of());
        }

        assertThat(size()).isLessThan(one + 1_000).isLessThan(100_000);
        assertThat(history.attempts())
                .singleElement()
                .extracting(Attempt::times)
                .isEqualTo(100);
    }

    private static ObjectDrift unchanged(int number) {
        return new ObjectDrift(
                "apps",
                "Deployment",
                "shop",
                "web-" + number,
                Verdict.InSync,
                "",
                "web-" + number + ".yaml:1",
                ObjectDrift.Ownership.owned,
                null,
                "d".repeat(64),
                List.of());
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A clock that was years ahead, or is behind now, costs no attempt that is younger than the others say. */
    @Test
    void aClockThatJumpsLosesNoOrderAndNoNewestAttempt() throws IOException {
        record(sync("a"));
        record(check("a", "same", TIME.plus(Duration.ofDays(3650))));
        Attempt back = record(check("a", "same", TIME.minus(Duration.ofDays(3650))));
        Attempt after = record(sync("b"));

        assertThat(history.attempts().map(Attempt::id)).containsExactly(3, 2, 1);
        assertThat(back.time()).isEqualTo(TIME.plus(Duration.ofDays(3650)));
        assertThat(back.lastTime()).as("never before its first time").isEqualTo(back.time());
        assertThat(history.attempts().findFirst()).contains(after);

        history = new History(
                folder,
                new HistoryKey(KEY),
                new Retention(10, Duration.ofDays(30)),
                Clock.fixed(TIME.plus(Duration.ofDays(36_500)), ZoneOffset.UTC),
                warnings::add);
        Attempt future = record(sync("c"));
        assertThat(history.attempts())
                .as("the newest stays, whatever the clock says")
                .contains(future);
    }

    @Test
    void anotherFindingAnotherRevisionAndASyncBetweenAreEntriesOfTheirOwn() throws IOException {
        record(check("a", "replicas", TIME));
        record(check("a", "image", TIME));
        record(check("b", "image", TIME));
        record(sync("b"));
        record(check("b", "image", TIME));

        assertThat(history.attempts().map(Attempt::times)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void onlyAWholeSyncThatSucceededIsWhatRuns() throws IOException {
        Attempt synced = history.record(sync("a"), Reports.of(null), List.of(configMap("one", 1)));
        history.record(failed("b"), Reports.of(null), List.of(configMap("one", 2)));
        record(check("a", "", TIME));

        assertThat(history.lastSynced()).contains(synced);
    }

    @Test
    void theCountIsBoundedButTheLastSyncedAndThePinnedStay() throws IOException {
        history = open(new Retention(3, Duration.ofDays(365)), new HistoryKey(KEY));
        Attempt pinned = history.record(sync("a"), Reports.of(null), List.of(configMap("pinned", 1)));
        history.pin(new Pin(pinned.id(), "a", pinned.set(), "me", TIME, ""));
        history.record(sync("b"), Reports.of(null), List.of(configMap("gone", 1)));
        Attempt synced = history.record(sync("c"), Reports.of(null), List.of(configMap("synced", 1)));
        for (int i = 0; i < 5; i++) {
            record(failed("d" + i));
        }

        assertThat(history.attempts().map(Attempt::id)).containsExactly(8, 7, 6, synced.id(), pinned.id());
        assertThat(history.wanted(pinned)).containsExactly(configMap("pinned", 1));
        assertThat(history.wanted(synced)).containsExactly(configMap("synced", 1));
        assertThat(SafeFiles.list(folder.resolve("sets"))).hasSize(2);
    }

    @Test
    void whatIsTooOldIsForgottenAndNoNumberIsGivenTwice() throws IOException {
        Attempt old = record(sync("a"));
        history = new History(
                folder,
                new HistoryKey(KEY),
                new Retention(10, Duration.ofDays(30)),
                Clock.fixed(TIME.plus(Duration.ofDays(40)), ZoneOffset.UTC),
                warnings::add);
        Attempt next = record(failed("b"));
        Attempt last = record(failed("c"));

        assertThat(old.id()).isEqualTo(1);
        assertThat(next.id()).isEqualTo(2);
        // All are older than 30 days by this clock: only the newest stays.
        assertThat(history.attempts()).containsExactly(last);
        assertThat(last.id()).isEqualTo(3);
    }

    @Test
    void anObjectThatAKeptSetSharesWithAForgottenOneStays() throws IOException {
        history = open(new Retention(1, Duration.ofDays(365)), new HistoryKey(KEY));
        history.record(sync("a"), Reports.of(null), List.of(configMap("shared", 1), configMap("old", 1)));
        Attempt second = history.record(sync("b"), Reports.of(null), List.of(configMap("shared", 1)));

        assertThat(history.attempts()).containsExactly(second);
        assertThat(history.wanted(second)).containsExactly(configMap("shared", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 300})
    void aTornAttemptIsLeftOutWithAWarningAndLeftAlone(int length) throws IOException {
        record(sync("a"));
        record(sync("b"));
        Path torn = AttemptFile.of(folder.resolve("attempts"), 1);
        byte[] whole = Files.readAllBytes(torn);
        Files.write(torn, java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1)));

        record(sync("c"));

        assertThat(history.attempts().map(Attempt::revision).toList()).startsWith("c", "b");
        assertThat(torn).exists();
        if (history.attempt(1).isPresent()) {
            assertThatThrownBy(() -> history.reports(history.attempt(1).orElseThrow()))
                    .isInstanceOf(DamagedException.class);
        } else {
            assertThat(warnings).isNotEmpty().allMatch(warning -> warning.contains("00000001.attempt"));
        }
    }

    @Test
    void aTornSetIsAnErrorThatNamesItAndLaterOnesWork() throws IOException {
        Attempt first = history.record(sync("a"), Reports.of(null), List.of(configMap("one", 1)));
        Path set = SafeFiles.list(folder.resolve("sets")).getFirst();
        byte[] whole = Files.readAllBytes(set);
        Files.write(set, java.util.Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> history.wanted(first)).hasMessageContaining(set.toString());
        Attempt second = history.record(sync("b"), Reports.of(null), List.of(configMap("two", 2)));
        assertThat(history.wanted(second)).containsExactly(configMap("two", 2));
    }

    @Test
    void whatANewerVersionWroteIsLeftOutAndLeftAlone() throws IOException {
        record(sync("a"));
        Path newer = AttemptFile.of(folder.resolve("attempts"), 2);
        String text = "{\"schemaVersion\":2,\"id\":2,\"kind\":\"sync\",\"somethingNew\":true}\n";
        Files.writeString(newer, text);

        Attempt next = record(sync("b"));

        assertThat(next.id()).isEqualTo(3);
        assertThat(history.attempts().map(Attempt::id)).containsExactly(3, 1);
        assertThat(newer).hasContent(text.strip());
        assertThat(warnings).isNotEmpty().allMatch(warning -> warning.contains("newer version"));
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        record(sync("a"));
        Path foreign = Files.writeString(folder.resolve("attempts/notes.txt"), "mine");
        record(sync("b"));

        assertThat(foreign).hasContent("mine");
        assertThat(history.attempts()).hasSize(2);
    }

    @Test
    void whatADeadWriterLeftIsSweptAway() throws IOException {
        record(sync("a"));
        Path left = Files.writeString(folder.resolve("attempts/.123.tmp"), "half");
        record(sync("b"));

        assertThat(left).doesNotExist();
    }

    @Test
    void aPinStaysUntilItIsTakenAway() throws IOException {
        Pin pin = new Pin(3, "abc", "set", "me", TIME, "black friday");
        assertThat(history.pin()).isEmpty();

        history.pin(pin);
        assertThat(history.pin()).contains(pin);
        assertThat(history.unpin()).isTrue();
        assertThat(history.pin()).isEmpty();
        assertThat(history.unpin()).isFalse();
    }

    @Test
    void aDamagedPinIsNeverTakenForNone() throws IOException {
        history.pin(new Pin(3, "abc", "set", "me", TIME, ""));
        Files.writeString(folder.resolve("pin.json"), "{\"att");

        assertThatThrownBy(() -> history.pin())
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("pin.json");
    }

    /** The time that it takes is measured by bench/HistoryBench; that it does not grow is a number. */
    @Test
    void whatIsReadOfALongHistoryDoesNotGrowWithIt() throws IOException {
        history.record(sync("a"), Reports.of(null), List.of(configMap("one", 1)));
        byte[] first = Files.readAllBytes(AttemptFile.of(folder.resolve("attempts"), 1));
        String text = new String(first, StandardCharsets.ISO_8859_1);
        for (int id = 2; id <= 10_000; id++) {
            Files.write(
                    AttemptFile.of(folder.resolve("attempts"), id),
                    text.replaceFirst("\"id\":1,", "\"id\":" + id + ",").getBytes(StandardCharsets.ISO_8859_1));
        }
        FaultyFiles files = new FaultyFiles(FaultyFiles.Fault.processDies, 0);
        History longOne = new History(
                files.on(folder),
                new HistoryKey(KEY),
                new Retention(20_000, Duration.ofDays(365)),
                Clock.fixed(TIME, ZoneOffset.UTC),
                warnings::add);

        List<Attempt> page = longOne.attempts().limit(20).toList();
        assertThat(page).extracting(Attempt::id).startsWith(10_000, 9_999).hasSize(20);
        assertThat(longOne.wanted(longOne.lastSynced().orElseThrow())).containsExactly(configMap("one", 1));
        assertThat(longOne.record(sync("b"), Reports.of(null), List.of()).id()).isEqualTo(10_001);
        assertThat(files.opened()).as("files opened").isLessThan(40);
        assertThat(warnings).isEmpty();
    }

    @Test
    void twoWritersAtOnceLoseNothing() throws Exception {
        Thread[] writers = IntStream.range(0, 4)
                .mapToObj(writer -> Thread.ofVirtual().unstarted(() -> {
                    History own = open(Retention.DEFAULT, new HistoryKey(KEY));
                    for (int i = 0; i < 10; i++) {
                        try {
                            own.record(sync(writer + "-" + i), Reports.of(null), List.of(configMap("n" + i, writer)));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread writer : writers) {
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(history.attempts().map(Attempt::id)).hasSize(40).doesNotHaveDuplicates();
        assertThat(warnings).isEmpty();
        for (Attempt attempt : history.attempts().toList()) {
            assertThat(history.wanted(attempt)).hasSize(1);
        }
    }

    private History open(Retention retention, HistoryKey key) {
        return new History(folder, key, retention, Clock.fixed(TIME, ZoneOffset.UTC), warnings::add);
    }

    private Attempt record(Attempt draft) throws IOException {
        return history.record(draft, Reports.of(null), List.of());
    }

    private static Attempt sync(String revision) {
        return attempt(Kind.sync, revision, "Succeeded", "", TIME);
    }

    private static Attempt failed(String revision) {
        return attempt(Kind.sync, revision, "Failed", "", TIME);
    }

    private static Attempt check(String revision, String finding, Instant time) {
        return attempt(Kind.check, revision, "OutOfSync", finding, time);
    }

    private static Attempt attempt(Kind kind, String revision, String result, String finding, Instant time) {
        return Attempt.draft(kind, "shop", "test", time)
                .commit(revision, "", "")
                .ended(result, "", 1)
                .health(HealthStatus.Healthy)
                .finding(finding)
                .build();
    }

    private static Manifest configMap(String name, int value) {
        return manifest("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"value":"%d"}}
                """.formatted(name, value), name);
    }

    private static Manifest secret(String value) {
        return manifest("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"value":"%s"}}
                """.formatted(value), "s");
    }

    private static Manifest manifest(String json, String name) {
        try {
            return new Manifest((ObjectNode) new ObjectMapper().readTree(json), new Origin(name + ".yaml", 0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Manifest manifest) {
        return java.util.HexFormat.of()
                .formatHex(io.jenkins.plugins.gitops.engine.model.Sha256.of(
                        manifest.content().toString()));
    }

    private int storedObjects() throws IOException {
        int count = 0;
        for (Path file : SafeFiles.list(folder.resolve("sets"))) {
            count += SetFile.read(file).head().objects().size();
        }
        return count;
    }

    private long bytesOfSets() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sets"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
