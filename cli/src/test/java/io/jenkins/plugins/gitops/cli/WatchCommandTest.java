package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch as a process of its own, as people run it. */
@WithCluster
class WatchCommandTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private TestRepository repository;
    private Cli cli;
    private Process watch;

    @BeforeEach
    void repository(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        repository.write("settings.yaml", configMap("blue")).commit("blue");
    }

    @AfterEach
    void stop() throws InterruptedException {
        repository.close();
        if (watch != null) {
            watch.destroyForcibly().waitFor();
        }
    }

    @Test
    void aCommitIsSyncedDriftIsReportedAndLeftAndAnotherCommitIsSynced() {
        start("--interval", "1s");
        awaitEvent("inSync");
        assertThat(events()).containsSubsequence("started", "commit", "synced", "inSync");
        assertThat(colour()).isEqualTo("blue");

        namespace.kubectl(
                "patch",
                "configmap",
                "settings",
                "--field-manager=night-shift",
                "-p",
                "{\"data\":{\"colour\":\"red\"}}");
        awaitEvent("drift");
        JsonNode drift = lines().getLast();
        assertThat(drift.path("verdict").textValue()).isEqualTo("OutOfSync");
        assertThat(drift.path("report").findValuesAsText("manager")).contains("night-shift");
        assertThat(colour()).isEqualTo("red");

        String second = repository.write("settings.yaml", configMap("green")).commit("green");
        namespace.await("the second commit is synced", SOON, () -> colour().equals("green"));
        awaitEvents("synced", 2);
        assertThat(lines().stream()
                        .filter(line -> line.path("event").textValue().equals("synced"))
                        .map(line -> line.path("revision").textValue()))
                .last()
                .isEqualTo(second);
    }

    /** Git is not asked again within the test: what is noticed, is noticed through the cluster's own watch. */
    @Test
    void driftIsNoticedWithinSecondsAndHealedWhenTold() {
        start("--interval", "10m", "--heal");
        awaitEvent("inSync");
        long start = System.nanoTime();

        namespace.kubectl("delete", "configmap", "settings");
        awaitEvent("healed");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(colour()).isEqualTo("blue");
        awaitEvents("inSync", 2);
        assertThat(events()).containsSubsequence("inSync", "drift", "healed", "inSync");
    }

    @Test
    void whilePinnedNewCommitsWaitAndDriftIsHealedTowardsThePin() {
        start("--interval", "1s", "--heal");
        awaitEvent("inSync");
        assertThat(cli.run("pin", "--name", "shop", "--namespace", namespace.name(), "--reason", "freeze")
                        .exitCode())
                .isZero();
        awaitEvent("pinned");
        assertThat(lines().getLast().path("message").textValue())
                .contains("attempt 1")
                .contains("freeze");

        repository.write("settings.yaml", configMap("green")).commit("green");
        namespace.kubectl("patch", "configmap", "settings", "-p", "{\"data\":{\"colour\":\"red\"}}");
        awaitEvent("healed");
        assertThat(colour()).isEqualTo("blue");
        assertThat(events().stream().filter("commit"::equals)).hasSize(1);

        assertThat(cli.run("unpin", "--name", "shop", "--namespace", namespace.name())
                        .exitCode())
                .isZero();
        awaitEvent("unpinned");
        namespace.await("the commit is synced", SOON, () -> colour().equals("green"));
    }

    /** A second controller that rewrites its field every 200 ms. */
    @Test
    void aFightIsStoppedAndTheOtherIsNamedAndOtherObjectsAreHealedOn() throws Exception {
        repository
                .write("other.yaml", configMap("grey").replace("settings", "other"))
                .commit("other");
        start("--interval", "10m", "--heal", "--heal-pause", "100ms");
        awaitEvent("inSync");
        AtomicBoolean fights = new AtomicBoolean(true);
        Thread other = Thread.ofVirtual().start(() -> {
            while (fights.get()) {
                patch("settings", "red", "night-shift");
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        });
        try {
            awaitEvent("fight");
            assertThat(lines().stream()
                            .filter(line -> line.path("event").textValue().equals("fight"))
                            .map(line -> line.path("message").textValue()))
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .contains(
                                    "ConfigMap " + namespace.name() + "/settings data.colour",
                                    "6 times",
                                    "night-shift"));
            assertThat(folder.resolve("err")).content().contains("Alert: ", "night-shift");
            long healed = count("healed");

            patch("other", "black", "day-shift");
            namespace.await(
                    "the other object is healed",
                    SOON,
                    () -> namespace.read("configmap/other", "{.data.colour}").equals("grey"));

            awaitEvents("healed", healed + 1);
            assertThat(count("healed"))
                    .as("the object that is fought for is left alone")
                    .isEqualTo(healed + 1);
            assertThat(colour()).isEqualTo("red");

            watch.destroyForcibly().waitFor();
            start("--interval", "10m", "--heal", "--heal-pause", "100ms");
            awaitEvent("fight");
            assertThat(count("healed"))
                    .as("another watch goes on where that one was")
                    .isZero();
        } finally {
            fights.set(false);
            other.join();
        }
    }

    private void patch(String name, String colour, String manager) {
        namespace.kubectl(
                "patch",
                "configmap",
                name,
                "--field-manager=" + manager,
                "-p",
                "{\"data\":{\"colour\":\"%s\"}}".formatted(colour));
    }

    private long count(String event) {
        return events().stream().filter(event::equals).count();
    }

    @Test
    void failuresOfGitAndOfManifestsAreReportedAndTheWatchGoesOn() throws IOException {
        start("--interval", "1s");
        awaitEvent("inSync");

        Path moved = folder.resolve("moved");
        Files.move(repository.folder(), moved);
        awaitEvent("failure");
        assertThat(lines().getLast().path("message").textValue()).contains("repository");
        Files.move(moved, repository.folder());
        awaitEvent("recovered");

        repository.write("settings.yaml", "kind: [").commit("broken");
        awaitEvents("failure", 2);
        assertThat(lines().getLast().path("message").textValue()).contains("settings.yaml:");
        repository.write("settings.yaml", configMap("green")).commit("mended");
        namespace.await("the mended commit is synced", SOON, () -> colour().equals("green"));
        assertThat(watch.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsItWith0LongBeforeTheNextPoll(String signal) throws Exception {
        start("--interval", "10m");
        awaitEvent("inSync");

        new ProcessBuilder("kill", "-" + signal, Long.toString(watch.pid()))
                .start()
                .waitFor();

        assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
        assertThat(events()).endsWith("stopped");
        assertThat(folder.resolve("err")).content().isEmpty();
    }

    private void start(String... more) {
        List<String> options = new ArrayList<>(List.of("-o", "json"));
        options.addAll(List.of(more));
        watch = cli.start(Cli.application("watch", namespace, repository.url(), options.toArray(String[]::new)));
    }

    private void awaitEvent(String event) {
        awaitEvents(event, 1);
    }

    private void awaitEvents(String event, long times) {
        try {
            namespace.await(
                    times + " times " + event,
                    SOON,
                    () -> events().stream().filter(event::equals).count() >= times);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the watch said " + lines(), e);
        }
    }

    private List<String> events() {
        return lines().stream().map(line -> line.path("event").textValue()).toList();
    }

    private List<JsonNode> lines() {
        try {
            List<JsonNode> lines = new ArrayList<>();
            String out = Files.readString(folder.resolve("out"));
            // The last line may be half written.
            for (String line :
                    out.substring(0, out.lastIndexOf('\n') + 1).lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            return lines;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String colour() {
        return namespace.read("configmap/settings", "{.data.colour}");
    }

    private static String configMap(String colour) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {colour: %s}
                """.formatted(colour);
    }
}
