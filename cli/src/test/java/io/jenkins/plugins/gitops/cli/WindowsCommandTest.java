package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sync windows, as people meet them. */
@WithCluster
class WindowsCommandTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli cli;

    @BeforeEach
    void manifests(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        Files.createDirectory(folder.resolve("deploy"));
        Files.writeString(
                folder.resolve("deploy/a.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n");
    }

    @Test
    void aWindowThatIsOpenSaysUntilWhenAndOneThatIsClosedSinceWhen() throws IOException {
        application("""
                [{kind: deny, schedule: 0 8 * * 1-5, duration: 9h, timeZone: Europe/Berlin, manualSync: true},
                 {kind: allow, schedule: 0 20 * * *, duration: 1h30m},
                 {kind: deny, schedule: "@daily", duration: 24h, namespaces: [elsewhere]}]""");

        Cli.Result text = cli.run("windows", "--app", "gitops.yaml", "--at", "2026-11-24T12:00:00Z");
        JsonNode json = cli.run("windows", "--app", "gitops.yaml", "--at", "2026-11-24T12:00:00Z", "-o", "json")
                .json();

        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).isEqualTo("""
                deny   0 8 * * 1-5        9h       Europe/Berlin        open    2026-11-24T08:00+01:00 to 2026-11-24T17:00+01:00  manualSync
                allow  0 20 * * *         1h30m    UTC                  closed  2026-11-24T20:00Z to 2026-11-24T21:30Z
                shop may not be synced now but by hand: window "deny 0 8 * * 1-5 for 9h, Europe/Berlin" is open until 2026-11-24T17:00+01:00
                  by itself from 2026-11-24T20:00:00Z, by hand from 2026-11-24T12:00:00Z
                """);
        assertThat(json.path("automaticSyncFrom").textValue()).isEqualTo("2026-11-24T20:00:00Z");
        assertThat(json.path("windows")).hasSize(2);
    }

    @Test
    void aBlockedSyncIsRefusedUntilWhenAndRecorded() throws IOException {
        application("[{kind: deny, schedule: \"* * * * *\", duration: 1h}]");

        Cli.Result sync = cli.run("sync", "--app", "gitops.yaml");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("shop may not be synced now", "No moment is in sight");
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(cli.run("history", "--app", "gitops.yaml").out()).contains("Refused");
        assertThat(cli.run("sync", "--app", "gitops.yaml", "--dry-run").exitCode())
                .isZero();
    }

    @Test
    void manualSyncLetsThroughWhatIsAskedForAndNotWhatAScheduleStarts() throws IOException {
        application("[{kind: deny, schedule: \"* * * * *\", duration: 1h, manualSync: true}]");

        assertThat(cli.run("sync", "--app", "gitops.yaml", "--automatic").exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(cli.run("sync", "--app", "gitops.yaml").exitCode()).isZero();
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void aFileOfWindowsIsForTheApplicationsThatItNames() throws IOException {
        application("[]");
        Files.writeString(folder.resolve("freeze.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: SyncWindows
                windows:
                - {kind: deny, schedule: "* * * * *", duration: 1h, applications: [sh*]}
                - {kind: allow, schedule: "@daily", duration: 24h, applications: [other]}
                """);

        Cli.Result sync = cli.run("sync", "--app", "gitops.yaml", "--windows", "freeze.yaml");
        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("shop may not be synced now");
        JsonNode windows = cli.run("windows", "--app", "gitops.yaml", "--windows", "freeze.yaml", "-o", "json")
                .json();
        assertThat(windows.path("windows")).hasSize(1);
        Files.writeString(folder.resolve("freeze.yaml"), "apiVersion: gitops.jenkins.io/v1\nkind: SyncWindows\n");
        assertThat(cli.run("sync", "--app", "gitops.yaml", "--windows", "freeze.yaml")
                        .exitCode())
                .isEqualTo(ExitCode.INPUT);
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void anInvalidWindowBlocks() throws IOException {
        application("[{kind: deny, schedule: 0 25 * * *, duration: 1h}]");

        Cli.Result sync = cli.run("sync", "--app", "gitops.yaml");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(sync.err()).contains("gitops.yaml:8:", "the hour \"25\" is wrong");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    /** A window that opened with this minute, or the last one, and closes in some seconds. Git is not asked again within the test. */
    @Test
    void aWatchSaysUntilWhenItWaitsAndBeginsByItselfAtTheOpening() throws Exception {
        Instant end = Instant.now().plusSeconds(8);
        OffsetDateTime start =
                end.minusSeconds(7).truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC);
        application("[{kind: deny, schedule: %d %d * * *, duration: %dms}]"
                .formatted(
                        start.getMinute(),
                        start.getHour(),
                        Duration.between(start.toInstant(), end).toMillis()));

        try (TestRepository repository = new TestRepository(folder.resolve("deploy"))) {
            repository.commit("blue");
        }
        Process watch = cli.start("watch", "--app", "gitops.yaml", "-o", "json", "--interval", "10m");
        try {
            namespace.await("it is blocked", SOON, () -> out().contains("\"blocked\""));
            assertThat(out())
                    .contains(
                            "waits: shop may not be synced now",
                            "A sync may begin at " + end.truncatedTo(ChronoUnit.MILLIS));
            assertThat(namespace.exists("configmap/settings")).isFalse();
            namespace.await("it is synced", SOON, () -> out().contains("\"synced\""));
            assertThat(Instant.now()).isAfter(end);
            assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
            assertThat(out().lines().filter(line -> line.contains("\"blocked\"")))
                    .hasSize(1);
        } finally {
            watch.destroyForcibly().waitFor();
        }
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private void application(String windows) throws IOException {
        Files.writeString(folder.resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop}
                spec:
                  source: {repository: ./deploy}
                  destination: {namespace: %s}
                  sync:
                    windows: %s
                """.formatted(namespace.name(), windows));
    }
}
