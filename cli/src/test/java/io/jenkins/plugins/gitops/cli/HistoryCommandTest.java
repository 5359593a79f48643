package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** history, rollback, pin and unpin against a real API server and a real repository. */
@WithCluster
class HistoryCommandTest {
    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private TestRepository repository;
    private Cli cli;

    @BeforeEach
    void twoSyncs(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        repository.write("settings.yaml", configMap("settings", "blue"));
        repository.write("secret.yaml", secret("swordfish")).commit("Paint it blue");
        assertThat(run("sync", "--prune").exitCode()).isZero();
        repository.write("settings.yaml", configMap("settings", "red"));
        repository.write("secret.yaml", secret("marlin"));
        repository.write("extra.yaml", configMap("extra", "red")).commit("Paint it red");
        assertThat(run("sync", "--prune").exitCode()).isZero();
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void everyAttemptIsListedTheNewestFirstWithItsCommit() {
        repository.write("settings.yaml", "kind: [").commit("Broken");
        assertThat(run("sync").exitCode()).isEqualTo(ExitCode.INPUT);

        JsonNode listed = run("history", "-o", "json").json();

        assertThat(PublishedSchema.read("history.schema.json").problems(listed)).isEmpty();
        assertThat(listed.findValuesAsText("id")).containsExactly("3", "2", "1");
        assertThat(listed.at("/attempts/0/result").textValue()).isEqualTo("Failed");
        assertThat(listed.at("/attempts/0/message").textValue()).contains("settings.yaml");
        assertThat(listed.at("/attempts/1/subject").textValue()).isEqualTo("Paint it red");
        assertThat(listed.at("/attempts/1/author").textValue()).contains("@");
        assertThat(listed.at("/attempts/1/counts/created").intValue()).isEqualTo(1);
        assertThat(listed.path("pin").isNull()).isTrue();
        assertThat(run("history").out())
                .contains("Paint it blue")
                .contains("Succeeded")
                .contains("Failed");
        assertThat(run("history", "--limit", "1", "-o", "json").json().path("attempts"))
                .hasSize(1);
    }

    @Test
    void whoSyncedApprovedRolledBackAndPinnedIsAuditedInJsonLines() {
        assertThat(run("sync", "--approve", "ConfigMap extra").exitCode()).isZero();
        assertThat(run("pin", "--reason", "freeze").exitCode()).isZero();
        assertThat(run("sync").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run("rollback", "--to", "1").exitCode()).isZero();
        assertThat(run("unpin").exitCode()).isZero();
        assertThat(run("sync", "--dry-run").exitCode()).isZero();

        List<JsonNode> entries = run("audit", "-o", "json")
                .out()
                .lines()
                .map(HistoryCommandTest::json)
                .toList();

        assertThat(entries)
                .allSatisfy(entry -> assertThat(
                                PublishedSchema.read("audit-entry.schema.json").problems(entry))
                        .isEmpty())
                .allSatisfy(
                        entry -> assertThat(entry.path("by").textValue()).isEqualTo(System.getProperty("user.name")))
                .extracting(entry -> entry.path("action").textValue())
                .containsExactly("sync", "sync", "approve", "sync", "pin", "pin", "rollback", "unpin");
        assertThat(entries.get(2).path("objects")).hasToString("[\"ConfigMap extra\"]");
        assertThat(entries.get(4).path("reason").textValue()).isEqualTo("freeze");
        assertThat(entries.get(6).path("target").intValue()).isEqualTo(1);
        assertThat(entries.get(6).path("result").textValue()).isEqualTo("Succeeded");
        assertThat(run("audit").out().lines()).hasSize(8);
        assertThat(run("audit", "--since", "2100-01-01T00:00:00Z").out()).isEmpty();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void oneAttemptIsShownWithItsReport() {
        Cli.Result json = run("history", "show", "1", "-o", "json");

        assertThat(PublishedSchema.read("history-attempt.schema.json").problems(json.json()))
                .isEmpty();
        assertThat(json.json().at("/reports/sync/result").textValue()).isEqualTo("Succeeded");
        assertThat(json.json().at("/reports/plan/tasks").findValuesAsText("name"))
                .as("what was carried out, in its order")
                .containsExactly("login", "settings");
        assertThat(run("history", "show", "1").out())
                .contains("Attempt 1: sync")
                .contains("created");
    }

    @Test
    void twoAttemptsAreComparedFieldByFieldWithoutSecrets() {
        Cli.Result json = run("history", "--compare", "1", "2", "-o", "json");
        Cli.Result text = run("history", "--compare", "1", "2");

        assertThat(PublishedSchema.read("set-changes.schema.json").problems(json.json()))
                .isEmpty();
        assertThat(json.json().findValuesAsText("change")).containsExactly("added", "changed", "changed");
        assertThat(text.out())
                .contains("data.colour")
                .contains("- blue")
                .contains("+ red")
                .contains("(secret, changed)");
        assertThat(json.out() + text.out()).doesNotContain("swordfish").doesNotContain("c3dvcmRmaXNo");
    }

    @Test
    void aRollbackRestoresSecretsPrunesAndPinsAlthoughGitHasLostTheCommit() throws IOException {
        // Rewritten history: the first commit is in no repository any more.
        repository.close();
        deleteRepositoryAndCache();
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        repository.write("settings.yaml", configMap("settings", "green")).commit("Start again");

        Cli.Result rollback = run("rollback", "--to", "1", "--reason", "red is wrong", "-o", "json");

        assertThat(rollback.exitCode()).as(rollback.err()).isZero();
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        assertThat(namespace.read("secret/login", "{.data.password}")).isEqualTo("c3dvcmRmaXNo");
        assertThat(namespace.exists("configmap/extra")).isFalse();
        JsonNode listed = run("history", "-o", "json").json();
        assertThat(listed.at("/attempts/0/kind").textValue()).isEqualTo("rollback");
        assertThat(listed.at("/attempts/0/restored").intValue()).isEqualTo(1);
        assertThat(listed.at("/pin/attempt").intValue()).isEqualTo(1);
        assertThat(run("history").out()).contains("Pinned to attempt 1").contains("red is wrong");
    }

    @Test
    void aPinnedApplicationIsNotSyncedAndIsComparedWithItsPin() {
        assertThat(run("rollback", "--to", "1").exitCode()).isZero();

        Cli.Result sync = run("sync");
        Cli.Result diff = run("diff");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("pinned to attempt 1").contains("gitops unpin");
        assertThat(diff.exitCode()).as(diff.out()).isZero();
        assertThat(diff.err()).contains("pinned to attempt 1");

        assertThat(run("unpin").exitCode()).isZero();
        assertThat(run("diff").exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run("sync", "--prune").exitCode()).isZero();
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("red");
        assertThat(run("unpin").exitCode()).isEqualTo(ExitCode.INPUT);
    }

    @Test
    void pinningWritesNothingAndHoldsWhatRuns() {
        assertThat(run("pin", "--reason", "freeze").out()).contains("attempt 2").contains("freeze");
        repository.write("settings.yaml", configMap("settings", "green")).commit("Green");

        assertThat(run("sync").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("red");
    }

    @Test
    void whatIsNoSyncThatSucceededIsNotRolledBackTo() {
        run("diff");
        Cli.Result check = run("rollback", "--to", "3");
        Cli.Result absent = run("rollback", "--to", "99");

        assertThat(check.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(check.err()).contains("attempt 3 is a check").contains("syncs that succeeded: 2, 1");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(absent.err()).contains("there is no attempt 99");
        assertThat(run("history", "-o", "json").json().path("pin").isNull()).isTrue();
    }

    @Test
    void aSyncOfAPartIsNeitherRolledBackToNorPinned() {
        repository.write("settings.yaml", configMap("settings", "green")).commit("Green");
        assertThat(run("sync", "--only", "ConfigMap " + namespace.name() + "/settings")
                        .exitCode())
                .isZero();

        assertThat(run("rollback", "--to", "3").exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(run("pin", "-o", "json").json().path("attempt").intValue()).isEqualTo(2);
    }

    @Test
    void aDryRunOfARollbackWritesAndPinsNothing() {
        Cli.Result dry = run("rollback", "--to", "1", "--dry-run");

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("pruned");
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("red");
        assertThat(run("history", "-o", "json").json().path("pin").isNull()).isTrue();
    }

    @Test
    void aRollbackThatIsRefusedLeavesThePinAsItWas() {
        cli.kubeconfig(folder.resolve("no-such-file"));
        assertThat(run("rollback", "--to", "1").exitCode()).isEqualTo(ExitCode.INPUT);

        assertThat(run("history", "-o", "json").json().path("pin").isNull()).isTrue();
    }

    @Test
    void aDamagedPinIsAnErrorNotAnInvitationToSync() throws IOException {
        run("pin");
        Path pin;
        try (var files = Files.walk(folder.resolve("home"))) {
            pin = files.filter(file -> file.endsWith("pin.json")).findFirst().orElseThrow();
        }
        Files.writeString(pin, "{\"att");

        for (String command : List.of("sync", "diff")) {
            Cli.Result result = run(command);
            assertThat(result.exitCode()).as(command).isEqualTo(ExitCode.INPUT);
            assertThat(result.err()).contains("pin.json").contains("damaged");
        }
    }

    @Test
    void repeatedChecksAreOneLine() {
        run("diff");
        run("diff");

        JsonNode listed = run("history", "-o", "json").json();
        assertThat(listed.at("/attempts/0/kind").textValue()).isEqualTo("check");
        assertThat(listed.at("/attempts/0/times").intValue()).isEqualTo(2);
        assertThat(listed.path("attempts")).hasSize(3);
    }

    /** As on a disk that takes no more. */
    @Test
    void aSyncWhoseHistoryCannotBeWrittenGoesOnAndSaysSo() throws IOException {
        Path attempts;
        try (Stream<Path> files = Files.walk(folder)) {
            attempts =
                    files.filter(file -> file.endsWith("attempts")).findFirst().orElseThrow();
        }
        Path aside = Files.move(attempts, attempts.resolveSibling("aside"));
        Files.writeString(attempts, "no folder");
        repository.write("settings.yaml", configMap("settings", "green")).commit("Paint it green");

        Cli.Result sync = run("sync");

        assertThat(sync.exitCode()).isZero();
        assertThat(sync.err()).contains("this attempt is missing in the history");
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("green");
        Files.delete(attempts);
        Files.move(aside, attempts);
        assertThat(run("sync").exitCode()).isZero();
        assertThat(run("history", "-o", "json").json().at("/attempts/0/id").intValue())
                .isEqualTo(3);
    }

    @Test
    void driftTellsByWhichAttemptItWasPutRightAndWhen() {
        namespace.kubectl("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"colour\":\"pink\"}}");
        assertThat(run("diff").exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run("history", "show", "3").out()).contains("Nothing of this is known to have been put right.");
        assertThat(run("sync").exitCode()).isZero();

        JsonNode shown = run("history", "show", "3", "-o", "json").json();

        assertThat(PublishedSchema.read("history-attempt.schema.json").problems(shown))
                .isEmpty();
        assertThat(shown.path("repairs")).hasSize(1);
        assertThat(shown.at("/repairs/0/name").textValue()).isEqualTo("settings");
        assertThat(shown.at("/repairs/0/by").textValue()).isEqualTo("sync");
        assertThat(shown.at("/repairs/0/attempt").intValue()).isEqualTo(4);
        assertThat(run("history", "show", "3").out()).contains("Put right since", "settings  by sync 4, ");
    }

    @Test
    void noFileOfTheStateHoldsASecret() throws IOException {
        try (var files = Files.walk(folder.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(".cache"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("swordfish")
                        .doesNotContain("c3dvcmRmaXNo");
            }
        }
    }

    private void deleteRepositoryAndCache() throws IOException {
        for (Path gone : List.of(folder.resolve("repository"), folder.resolve("home/.cache"))) {
            try (var files = Files.walk(gone)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Cli.Result run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--name", "shop", "--namespace", namespace.name()));
        if (List.of("sync", "diff").contains(command)) {
            arguments.addAll(List.of("--source", repository.url()));
        }
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private static String configMap(String name, String colour) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {colour: %s}
                """.formatted(name, colour);
    }

    private static String secret(String password) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                stringData: {password: %s}
                """.formatted(password);
    }
}
