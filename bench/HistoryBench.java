import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.HistoryKey;
import io.jenkins.plugins.gitops.engine.history.Reports;
import io.jenkins.plugins.gitops.engine.history.Retention;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long it takes to open a history of 10,000 attempts of 200 objects each (its newest page, one attempt with its report, what ran last),
 * what one more attempt costs there, and how much disk a year of checks every 15 minutes takes that find nothing.
 */
final class HistoryBench {
    private static final int ATTEMPTS = 10_000;
    private static final int OBJECTS = 200;
    private static final int RUNS = 15;
    private static final int CHECKS_A_YEAR = 365 * 24 * 4;
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final Path folder;

    private HistoryBench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("gitops-bench-");
        try {
            boolean good = new HistoryBench(folder.resolve("attempts")).open();
            good &= new HistoryBench(folder.resolve("checks")).year();
            System.exit(good ? 0 : 1);
        } finally {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }

    private boolean open() throws IOException {
        history().record(sync("0"), Reports.of(drift("0")), wanted());
        Path first = folder.resolve("attempts/00000001.attempt");
        // The others are copies with their own number: to record them one by one would measure the disk's patience.
        byte[] one = Files.readAllBytes(first);
        String text = new String(one, StandardCharsets.ISO_8859_1);
        for (int id = 2; id <= ATTEMPTS; id++) {
            Files.write(
                    folder.resolve("attempts/%08d.attempt".formatted(id)),
                    text.replaceFirst("\"id\":1,", "\"id\":" + id + ",").getBytes(StandardCharsets.ISO_8859_1));
        }
        double[] times = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            History history = history();
            List<Attempt> page = history.attempts().limit(20).toList();
            history.reports(page.getFirst());
            history.wanted(history.lastSynced().orElseThrow());
            times[i] = (System.nanoTime() - start) / 1e6;
            if (page.size() != 20 || page.getFirst().id() != ATTEMPTS) {
                throw new IllegalStateException("not the newest page: " + page.getFirst());
            }
        }
        long start = System.nanoTime();
        history().record(sync("1"), Reports.of(drift("1")), wanted());
        double one_more = (System.nanoTime() - start) / 1e6;
        double first_time = times[0];
        Arrays.sort(times);
        double median = times[RUNS / 2];
        System.out.printf(
                "%,d attempts of %d objects: opened in %.0f ms (median of %d; the first time %.0f ms), one more recorded in %.0f ms, %.1f MB%n",
                ATTEMPTS, OBJECTS, median, RUNS, first_time, one_more, size() / 1e6);
        System.out.println(median <= 200 ? "Within 200 ms." : "OVER 200 ms.");
        return median <= 200;
    }

    private boolean year() throws IOException {
        History history = history();
        history.record(sync("0"), Reports.of(drift("0")), wanted());
        long before = size();
        // The size does not depend on how many there are once there are some, which is what this shows.
        for (int i = 0; i < CHECKS_A_YEAR / 100; i++) {
            history.record(
                    Attempt.draft(Attempt.Kind.check, "shop", "bench", TIME.plus(Duration.ofMinutes(15L * i)))
                            .commit("abc", "ada", "one")
                            .ended("InSync", "", 12)
                            .finding("same")
                            .build(),
                    Reports.of(drift("abc")),
                    List.of());
        }
        double grown = (size() - before) / 1e6;
        System.out.printf(
                "%,d checks of %d unchanged objects: %.2f MB more, in %d entry%n",
                CHECKS_A_YEAR / 100, OBJECTS, grown, history.attempts().count() - 1);
        System.out.println(grown <= 20 ? "Within 20 MB." : "OVER 20 MB.");
        return grown <= 20;
    }

    private History history() {
        return new History(
                folder,
                new HistoryKey(new byte[32]),
                new Retention(2 * ATTEMPTS, Duration.ofDays(36_500)),
                Clock.systemUTC(),
                warning -> {
                    throw new IllegalStateException(warning);
                });
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static Attempt sync(String revision) {
        return Attempt.draft(Attempt.Kind.sync, "shop", "bench", TIME)
                .commit(revision, "ada", "one")
                .ended("Succeeded", "", 1234)
                .build();
    }

    private static DriftReport drift(String revision) {
        List<ObjectDrift> objects = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(new ObjectDrift("apps", "Deployment", "shop", "web-" + i, Verdict.InSync, "",
                    "deploy/web-" + i + ".yaml:1", ObjectDrift.Ownership.owned, null, "d".repeat(64), List.of()));
        }
        return new DriftReport(1, "shop", revision, TIME, ApplicationVerdict.InSync, objects, List.of());
    }

    private static List<Manifest> wanted() {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("apiVersion", "v1").put("kind", i % 10 == 0 ? "Secret" : "ConfigMap");
            content.putObject("metadata").put("name", "n" + i).put("namespace", "shop");
            content.putObject("data").put("value", "v".repeat(200) + i);
            manifests.add(new Manifest(content, new Origin("deploy/n" + i + ".yaml", 0, 1)));
        }
        return manifests;
    }
}
