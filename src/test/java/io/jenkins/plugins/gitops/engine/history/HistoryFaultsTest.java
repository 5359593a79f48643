package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.FaultyFiles.Death;
import io.jenkins.plugins.gitops.engine.history.FaultyFiles.Fault;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day in the life of a history, which is cut at each of its steps of writing: whatever was recorded before is there, what was
 * being done is there whole or not at all, and the next one goes on.
 */
class HistoryFaultsTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path temporary;

    private final List<String> warnings = new ArrayList<>();

    private interface Act {
        void on(History history) throws IOException;
    }

    /** With the forgetting of attempts and of sets, for three are kept. */
    private static final List<Act> DAY = List.of(
            history -> history.record(sync("a"), Reports.of(null), wanted(1)),
            history -> history.audit().add(approval("ada")),
            history -> history.record(check("a"), Reports.of(null), List.of()),
            history -> history.record(check("a"), Reports.of(null), List.of()),
            history -> history.pin(pin(history, "slowly")),
            history -> history.record(sync("b"), Reports.of(null), wanted(2)),
            history -> history.audit().add(approval("grace")),
            history -> history.pin(pin(history, "still")),
            history -> history.record(failed("c"), Reports.of(null), wanted(3)),
            history -> history.record(failed("d"), Reports.of(null), wanted(4)),
            History::unpin,
            history -> history.record(sync("e"), Reports.of(null), wanted(5)),
            history -> history.record(sync("f"), Reports.of(null), wanted(5)));

    /** All that a history tells. */
    private record Told(TreeMap<Integer, Attempt> attempts, Optional<Pin> pin, List<AuditEntry> audit) {}

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverStepOfWritingIsCutNothingThatWasDoneIsLostAndTheNextGoesOn(Fault fault) throws IOException {
        List<Told> told = new ArrayList<>();
        FaultyFiles whole = new FaultyFiles(fault, 0);
        Path first = temporary.resolve("whole");
        told.add(told(first));
        for (Act act : DAY) {
            act.on(open(whole.on(first)));
            told.add(told(first));
        }
        assertThat(whole.steps()).as("steps of writing").isGreaterThan(60);
        assertThat(warnings).isEmpty();

        for (int step = 1; step <= whole.steps(); step++) {
            cut(fault, step, told);
        }
    }

    /** A process that is halted leaves what a death is said here to leave. */
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 23, 42, 58})
    void aRealProcessThatIsHaltedLeavesTheSame(int step) throws Exception {
        Path cut = temporary.resolve("cut");
        FaultyFiles files = new FaultyFiles(Fault.processDies, step);
        assertThatThrownBy(() -> day(files, cut)).isInstanceOf(Death.class);

        Path halted = temporary.resolve("halted");
        String java = ProcessHandle.current().info().command().orElse("java");
        Process process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HistoryFaultsTest.class.getName(),
                        halted.toString(),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(temporary.resolve("out")))
                .isEqualTo(9);
        assertThat(sizes(halted)).isEqualTo(sizes(cut)).isNotEmpty();
    }

    /** The process that is halted: in which folder, at which step. */
    public static void main(String[] arguments) throws IOException {
        day(
                new FaultyFiles(
                        Fault.processDies,
                        Integer.parseInt(arguments[1]),
                        () -> Runtime.getRuntime().halt(9)),
                Path.of(arguments[0]));
    }

    private static void day(FaultyFiles files, Path folder) throws IOException {
        for (Act act : DAY) {
            act.on(open(files.on(folder), new ArrayList<>()));
        }
    }

    /** Of each file, temporary ones under one name. */
    private static TreeMap<String, Long> sizes(Path folder) throws IOException {
        TreeMap<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString().replaceAll("\\.[0-9]+\\.tmp", ".tmp"), Files.size(file));
            }
        }
        return sizes;
    }

    private void cut(Fault fault, int step, List<Told> told) throws IOException {
        String name = fault + " at step " + step;
        Path folder = temporary.resolve("cut-" + step);
        FaultyFiles files = new FaultyFiles(fault, step);
        int done = 0;
        try {
            for (Act act : DAY) {
                act.on(open(files.on(folder)));
                done++;
            }
        } catch (Death | IOException e) {
            assertThat(files.happened()).as("%s: %s", name, e).isTrue();
        }
        assertThat(files.happened()).as(name).isTrue();
        files.restart();

        warnings.clear();
        Told before = told.get(done);
        Told after = told.get(Math.min(done + 1, told.size() - 1));
        Told found = told(folder);
        assertThat(found.pin()).as("pin, " + name).isIn(before.pin(), after.pin());
        assertThat(found.audit()).as("audit, " + name).isIn(before.audit(), after.audit());
        found.attempts()
                .forEach((id, attempt) -> assertThat(attempt)
                        .as("attempt, " + name)
                        .isIn(before.attempts().get(id), after.attempts().get(id)));
        assertThat(found.attempts().keySet())
                .as("attempts, " + name)
                .containsAll(before.attempts().keySet().stream()
                        .filter(after.attempts()::containsKey)
                        .toList());
        assertThat(warnings).as("warnings, " + name).allMatch(warning -> warning.contains("audit.jsonl"));

        goesOn(folder, name, found);
    }

    /** As the next process does. */
    private void goesOn(Path folder, String name, Told found) throws IOException {
        History history = open(new FaultyFiles(Fault.processDies, 0).on(folder));
        int last = found.attempts().isEmpty() ? 0 : found.attempts().lastKey();
        Attempt next = history.record(sync("next"), Reports.of(null), wanted(6));
        assertThat(next.id()).as(name).isGreaterThan(last);
        assertThat(history.wanted(next)).as(name).isEqualTo(wanted(6));
        history.audit().add(approval("next"));
        assertThat(history.audit().entries())
                .as(name)
                .hasSize(found.audit().size() + 1)
                .last()
                .isEqualTo(approval("next"));
        history.pin(pin(history, "next"));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp")))
                    .as("left behind, " + name)
                    .isEmpty();
        }
    }

    /** Everything is read: an attempt without its reports or its set is none. */
    private Told told(Path folder) throws IOException {
        History history = open(folder);
        TreeMap<Integer, Attempt> attempts = new TreeMap<>();
        for (Attempt attempt : history.attempts().toList()) {
            attempts.put(attempt.id(), attempt);
            assertThat(history.reports(attempt)).isEqualTo(Reports.of(null));
            if (!attempt.set().isEmpty()) {
                assertThat(history.wanted(attempt)).hasSize(4);
            }
        }
        return new Told(attempts, history.pin(), history.audit().entries());
    }

    private History open(Path folder) {
        return open(folder, warnings);
    }

    private static History open(Path folder, List<String> warnings) {
        return new History(
                folder,
                new HistoryKey(new byte[32]),
                new Retention(3, Duration.ofDays(365)),
                Clock.fixed(TIME, ZoneOffset.UTC),
                warnings::add);
    }

    private static Pin pin(History history, String reason) throws IOException {
        Attempt last = history.lastSynced().orElseThrow();
        return new Pin(last.id(), last.revision(), last.set(), "ada", TIME, reason);
    }

    private static AuditEntry approval(String by) {
        return AuditEntry.approval(TIME, "shop", by, "gitops sync", "abc", List.of("ConfigMap shop/a"));
    }

    private static Attempt sync(String revision) {
        return attempt(Kind.sync, revision, "Succeeded");
    }

    private static Attempt failed(String revision) {
        return attempt(Kind.sync, revision, "Failed");
    }

    private static Attempt check(String revision) {
        return attempt(Kind.check, revision, "OutOfSync");
    }

    private static Attempt attempt(Kind kind, String revision, String result) {
        return Attempt.draft(kind, "shop", "test", TIME)
                .commit(revision, "", "")
                .ended(result, "", 1)
                .build();
    }

    /** Three that every set shares, a Secret among them, and one of its own. */
    private static List<Manifest> wanted(int round) {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("apiVersion", "v1").put("kind", i == 0 ? "Secret" : "ConfigMap");
            content.putObject("metadata").put("name", "n" + i);
            content.putObject("data").put("value", i < 3 ? "shared" : "of round " + round);
            manifests.add(new Manifest(content, new Origin("n" + i + ".yaml", 0, 1)));
        }
        return manifests;
    }
}
