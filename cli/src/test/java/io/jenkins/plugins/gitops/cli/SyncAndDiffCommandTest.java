package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** plan, sync and diff against a real API server: documents, texts and exit codes. */
@WithCluster
class SyncAndDiffCommandTest {
    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli cli;

    @BeforeEach
    void application(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        Files.createDirectory(folder.resolve("deploy"));
        write("settings.yaml", configMap("settings", "blue"));
        write("other.yaml", configMap("other", "red"));
    }

    @Test
    void aSyncCreatesAndASecondOneChangesNothing() {
        Cli.Result first = run("sync", "-o", "json");
        Cli.Result second = run("sync", "-o", "json");

        assertThat(first.exitCode()).isZero();
        assertThat(first.json().path("result").textValue()).isEqualTo("Succeeded");
        assertThat(first.json().path("objects").findValuesAsText("action")).containsExactly("created", "created");
        assertThat(second.json().path("objects").findValuesAsText("action")).containsExactly("unchanged", "unchanged");
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
    }

    @Test
    void progressGoesToStderrSoThatStdoutIsOneDocument() {
        Cli.Result result = run("sync", "-o", "json");

        assertThat(result.out().strip()).startsWith("{").endsWith("}");
        assertThat(result.err()).contains("wave 0");
    }

    @Test
    void aDryRunWritesNothing() {
        Cli.Result result = run("sync", "--dry-run");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("created").contains("dry run, nothing was written");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void aSyncWithoutPreflightWritesWhatItCanAndCannotBeADryRun() {
        write("bad.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: bad}
                spec: {ports: [{port: 99999}]}
                """);
        assertThat(run("sync").exitCode()).isEqualTo(1);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(run("sync", "--no-preflight").exitCode()).isEqualTo(1);
        assertThat(namespace.exists("configmap/settings")).isTrue();
        assertThat(run("sync", "--no-preflight", "--dry-run").exitCode()).isEqualTo(2);
    }

    @Test
    void thePlanListsTheTasksInOrder() throws IOException {
        write("access.yaml", """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: web}
                """);
        Cli.Result json = run("plan", "-o", "json");
        Cli.Result text = run("plan");

        assertThat(json.exitCode()).isZero();
        assertThat(json.json().path("tasks").findValuesAsText("kind"))
                .containsExactly("ServiceAccount", "ConfigMap", "ConfigMap");
        assertThat(json.json().path("tasks").findValuesAsText("action")).containsOnly("create");
        assertThat(text.out()).contains("Sync, wave 0").contains("create").contains("ServiceAccount");
        run("sync");
        assertThat(run("plan").out()).contains("Nothing to do");
    }

    @Test
    void diffEndsWith0InSyncAnd1WhenSomethingDiffers() {
        assertThat(run("diff").exitCode()).isEqualTo(1);
        run("sync");

        Cli.Result inSync = run("diff");

        assertThat(inSync.exitCode()).isZero();
        assertThat(inSync.out()).contains("shop is InSync").contains("2 InSync");
    }

    @Test
    void theReportNamesWhoChangedTheField() {
        run("sync");
        namespace.kubectl(
                "patch",
                "configmap",
                "settings",
                "--field-manager=night-shift",
                "-p",
                "{\"data\":{\"colour\":\"green\"}}");

        Cli.Result text = run("diff");
        JsonNode field = run("diff", "-o", "json").json().at("/objects").findValue("fields");

        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out())
                .contains("data.colour  written by night-shift (Update), at or before ")
                .contains("- green")
                .contains("+ blue");
        assertThat(run("diff", "-o", "json").json().at("/objects").findValuesAsText("manager"))
                .containsExactly("night-shift");
        assertThat(field).isNotNull();
    }

    @Test
    void whatWentAwayIsToldWithTheTimesBetweenWhichItWent() {
        run("sync");
        namespace.kubectl("label", "configmap", "settings", "tier-");
        namespace.kubectl("delete", "configmap", "other");

        Cli.Result text = run("diff");

        assertThat(text.out())
                .contains("metadata.labels.tier  went away between ")
                .contains("ConfigMap " + namespace.name() + "/other  Missing")
                .containsPattern("whole object\\s+went away between ");
    }

    @Test
    void anotherStateFolderKnowsLessAndSaysSo() {
        run("sync");
        namespace.kubectl("delete", "configmap", "other");

        assertThat(run("diff", "--state", "elsewhere").out()).contains("deleted, or never there; first missed ");
        assertThat(folder.resolve("elsewhere")).isDirectory();
    }

    @Test
    void aSyncHealsAndTellsFromWhomItTookTheField() {
        run("sync");
        namespace.kubectl(
                "patch",
                "configmap",
                "settings",
                "--field-manager=night-shift",
                "-p",
                "{\"data\":{\"colour\":\"green\"}}");

        Cli.Result healed = run("sync");

        assertThat(healed.out()).contains("configured").contains("night-shift");
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        assertThat(run("diff").exitCode()).isZero();
    }

    @Test
    void whatLeftGitIsPrunedOnlyWithPrune() throws IOException {
        run("sync");
        namespace.kubectl("create", "configmap", "foreign");
        Files.delete(folder.resolve("deploy/other.yaml"));

        Cli.Result without = run("sync");
        assertThat(without.exitCode()).isZero();
        assertThat(namespace.exists("configmap/other")).isTrue();

        Cli.Result with = run("sync", "--prune");
        assertThat(with.out()).contains("pruned      ConfigMap " + namespace.name() + "/other");
        assertThat(namespace.exists("configmap/other")).isFalse();
        assertThat(namespace.exists("configmap/foreign")).isTrue();
    }

    @Test
    void anEmptyFolderIsRefusedWith4() throws IOException {
        run("sync");
        Files.delete(folder.resolve("deploy/settings.yaml"));
        Files.delete(folder.resolve("deploy/other.yaml"));

        Cli.Result result = run("sync", "--prune");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("Refused").contains("no manifest");
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void anObjectThatDoesNotBecomeHealthyEndsWith1() throws IOException {
        write("claim.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      nodeSelector: {nowhere: "true"}
                      containers: [{name: web, image: web}]
                """);

        Cli.Result waited = run("sync", "--timeout", "2s");
        Cli.Result not = run("sync", "--no-wait");

        assertThat(waited.exitCode()).isEqualTo(1);
        assertThat(waited.out()).contains("Failed").contains("Deployment.apps " + namespace.name() + "/web");
        assertThat(not.exitCode()).isZero();
    }

    @Test
    void secretsAreShownNowhere() throws IOException {
        write("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: database}
                stringData: {password: hunter2-hunter2}
                """);
        StringBuilder all = new StringBuilder();
        all.append(run("plan", "-o", "json").out());
        all.append(run("sync", "-o", "json").out());
        namespace.kubectl("patch", "secret", "database", "-p", "{\"stringData\":{\"password\":\"changed-by-hand\"}}");
        Cli.Result text = run("diff");
        all.append(text.out())
                .append(text.err())
                .append(run("diff", "-o", "json").out());

        assertThat(text.out()).contains("data.password").contains("(secret, changed)");
        assertThat(all).doesNotContain("hunter2", "aHVudGVyMi1odW50ZXIy", "changed-by-hand", "Y2hhbmdlZC1ieS1oYW5k");
    }

    @Test
    void healthRulesOfAFileHoldForASync() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), """
                healthCheckExprs:
                - apiVersion: v1
                  kind: ConfigMap
                  failed: data.colour == "blue"
                  current: "true"
                """);

        Cli.Result sync = run("sync", "--health-rules", "rules.yaml", "--timeout", "10s", "-o", "json");

        assertThat(sync.exitCode()).as(sync.err()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(sync.json().path("health").textValue()).isEqualTo("Degraded");
        assertThat(run("diff", "--health-rules", "absent.yaml").exitCode()).isEqualTo(ExitCode.INPUT);
    }

    @Test
    void everyDocumentFollowsItsPublishedSchema() {
        assertFollows("plan-report", run("plan", "-o", "json"));
        assertFollows("drift-report", run("diff", "-o", "json"));
        assertFollows("sync-report", run("sync", "-o", "json"));
        namespace.kubectl("label", "configmap", "settings", "tier-");
        assertFollows("drift-report", run("diff", "-o", "json"));
        assertFollows("sync-report", run("sync", "--dry-run", "-o", "json"));
        String live = namespace.kubectl("get", "configmaps", "-o", "json");
        assertFollows("health-report", cli.input(live).run("health", "-f", "-", "-o", "json"));
    }

    private static void assertFollows(String schema, Cli.Result result) {
        Path file = Path.of("..", "docs", "schema", schema + ".schema.json");
        JsonSchema published = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(file.toAbsolutePath().normalize().toUri());
        assertThat(published.validate(result.json())).as(schema).isEmpty();
    }

    private Cli.Result run(String command, String... more) {
        return cli.run(Cli.application(command, namespace, "deploy", more));
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve("deploy").resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configMap(String name, String colour) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, labels: {tier: front}}
                data: {colour: %s}
                """.formatted(name, colour);
    }
}
