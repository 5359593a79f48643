package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.report.PublishedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** plan -o json, kept, and sync --plan: carried out only while what the plan was made from still holds (SEMANTICS 5). */
@WithCluster
class SavedPlanTest {
    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private TestRepository repository;
    private Cli cli;

    @BeforeEach
    void oneSyncAndAChangeToCome(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
        repository.write("settings.yaml", configMap("settings", "blue"));
        repository.write("other.yaml", configMap("other", "blue"));
        repository.write("leaving.yaml", configMap("leaving", "blue"));
        repository.write("login.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                stringData: {password: swordfish}
                """).commit("Paint it blue");
        assertThat(run("sync").exitCode()).isZero();
        repository.delete("leaving.yaml");
        repository.write("hook.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  generateName: note-
                  annotations: {gitops.jenkins.io/hook: PostSync}
                """);
        repository.write("settings.yaml", configMap("settings", "red")).commit("Paint it red");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void aPlanIsCarriedOutWhileItHoldsAndNotASecondTime() throws IOException {
        JsonNode plan = save();

        assertThat(PublishedSchema.read("plan-report.schema.json").problems(plan))
                .isEmpty();
        assertThat(plan.toString()).doesNotContain("swordfish").doesNotContain("c3dvcmRmaXNo");
        assertThat(run("plan", "-o", "json").json().at("/basis/set"))
                .as("the digest of the same set")
                .isEqualTo(plan.at("/basis/set"));

        Cli.Result sync = run("sync", "--plan", "plan.json");
        Cli.Result again = run("sync", "--plan", "plan.json");

        assertThat(sync.exitCode()).as(sync.err()).isZero();
        assertThat(colour()).isEqualTo("red");
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("ConfigMap " + namespace.name() + "/settings: changed in the cluster");
    }

    @Test
    void aLiveChangeStopsItOfAnObjectThatIsInSyncToo() throws IOException {
        save();
        namespace.kubectl("annotate", "configmap", "other", "seen=yes");
        namespace.kubectl("delete", "configmap", "settings");

        Cli.Result text = run("sync", "--plan", "plan.json");
        Cli.Result json = run("sync", "--plan", "plan.json", "-o", "json");

        assertThat(text.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(text.err())
                .contains("ConfigMap " + namespace.name() + "/other: changed in the cluster, resourceVersion ")
                .contains("ConfigMap " + namespace.name() + "/settings: existed, and is gone")
                .contains("Nothing was written");
        assertThat(text.out()).contains("create    ConfigMap " + namespace.name() + "/settings");
        assertThat(json.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(PublishedSchema.read("plan-report.schema.json").problems(json.json()))
                .isEmpty();
        assertThat(namespace.exists("configmap/settings")).isFalse();

        Files.writeString(folder.resolve("plan.json"), json.out());
        assertThat(run("sync", "--plan", "plan.json").exitCode())
                .as("the new plan holds")
                .isZero();
        assertThat(colour()).isEqualTo("red");
    }

    @Test
    void anObjectThatAppearedStopsIt() throws IOException {
        namespace.kubectl("delete", "configmap", "settings");
        save();
        namespace.kubectl("create", "configmap", "settings", "--from-literal=colour=mine");

        Cli.Result sync = run("sync", "--plan", "plan.json");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("/settings: did not exist, and exists now");
        assertThat(colour()).isEqualTo("mine");
    }

    @Test
    void aNewCommitStopsItAlsoWhenItChangesNoObject() throws IOException {
        String planned = save().path("revision").textValue();
        String newer = repository.write("README.md", "Nothing new").commit("Explain");

        Cli.Result sync = run("sync", "--plan", "plan.json");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("the revision: planned " + planned + ", now " + newer);
        assertThat(colour()).isEqualTo("blue");
        assertThat(run("sync", "--plan", "plan.json", "--revision", planned).exitCode())
                .as("that revision is still there")
                .isZero();
    }

    @Test
    void otherRenderedObjectsStopItAlsoWhenNoRevisionTellsThem() throws IOException {
        repository.write("settings.yaml", configMap("settings", "green"));
        Cli.Result plan = cli.run(Cli.application("plan", namespace, "repository", "-o", "json"));
        Files.writeString(folder.resolve("plan.json"), plan.out());
        assertThat(plan.json().path("revision").textValue()).endsWith("-dirty");
        repository.write("settings.yaml", configMap("settings", "yellow"));

        Cli.Result sync = cli.run(Cli.application("sync", namespace, "repository", "--plan", "plan.json"));

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("the rendered objects").doesNotContain("the revision");
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void anotherPolicyStopsIt() throws IOException {
        save();

        Cli.Result sync = run("sync", "--plan", "plan.json", "--prune");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("the policy: planned with nothing beyond the default, now with prune");
        assertThat(sync.out()).contains("prune     ConfigMap " + namespace.name() + "/leaving");
        assertThat(namespace.exists("configmap/leaving")).isTrue();
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void replanSaysWhatNoLongerHoldsAndGoesOn() throws IOException {
        save();
        namespace.kubectl("annotate", "configmap", "other", "seen=yes");

        Cli.Result sync = run("sync", "--plan", "plan.json", "--replan", "-o", "json");

        assertThat(sync.exitCode()).as(sync.err()).isZero();
        assertThat(sync.err()).contains("Planned again").contains("/other: changed in the cluster");
        assertThat(sync.json().path("result").textValue()).isEqualTo("Succeeded");
        assertThat(colour()).isEqualTo("red");
        assertThat(run("audit").out())
                .as("who accepted another plan")
                .containsPattern("approve .*the plan of .*plan.json no longer holds.*/other: changed in the cluster");
        assertThat(run("sync", "--replan").exitCode()).isEqualTo(ExitCode.INPUT);
    }

    @Test
    void aDryRunIsCheckedToo() throws IOException {
        save();
        assertThat(run("sync", "--plan", "plan.json", "--dry-run").exitCode()).isZero();
        namespace.kubectl("annotate", "configmap", "other", "seen=yes");

        assertThat(run("sync", "--plan", "plan.json", "--dry-run").exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    /** A table, but of one plan: making one for each row would take longer than all the rest. */
    @Test
    void aFileThatIsNotThePlanAsItWasMadeIsWrongInput() throws IOException {
        JsonNode plan = save();
        List<Row> rows = List.of(
                new Row("empty", old -> "", "is empty"),
                new Row("no JSON", old -> "{\"schemaVersion\": 1,\n oops", "plan.json:2:"),
                new Row("cut short", old -> old.toString().substring(0, 100), "is not JSON"),
                new Row("a list", old -> "[]", "is not a plan"),
                new Row(
                        "a failure",
                        old -> "{\"error\": {\"message\": \"no cluster\"}}",
                        "planning failed: no cluster"),
                new Row("another document", old -> "{\"schemaVersion\": 1, \"objects\": []}", "tasks: is missing"),
                new Row("newer", old -> old.put("schemaVersion", 2).toString(), "schemaVersion: 2"),
                new Row("without a version", old -> without(old, "schemaVersion"), "schemaVersion: is missing"),
                new Row("without a basis", old -> without(old, "basis"), "basis.digest: is missing"),
                new Row("wrong type", old -> old.put("revision", 5).toString(), "revision: is not what"),
                new Row("wrong action", old -> first(old, "action", "explode"), "tasks[0].action: is not what"),
                new Row("edited task", old -> first(old, "name", "victim"), "basis.digest: does not fit"),
                new Row("edited revision", old -> old.put("revision", "abc").toString(), "basis.digest: does not fit"));
        for (Row row : rows) {
            Files.writeString(folder.resolve("plan.json"), row.edit().apply(plan.deepCopy()));

            Cli.Result sync = run("sync", "--plan", "plan.json");

            assertThat(sync.exitCode()).as(row.name() + ": " + sync.err()).isEqualTo(ExitCode.INPUT);
            assertThat(sync.err()).as(row.name()).contains("--plan plan.json").contains(row.message());
        }
        assertThat(run("sync", "--plan", "nowhere.json").err()).contains("there is no file nowhere.json");
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void anotherApplicationsPlanIsWrongInput() throws IOException {
        save();

        Cli.Result sync = cli.run(
                "sync",
                "--name",
                "blog",
                "--namespace",
                namespace.name(),
                "--source",
                repository.url(),
                "--plan",
                "plan.json");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(sync.err()).contains("application, basis.uid: the plan is of the application shop");
        assertThat(colour()).isEqualTo("blue");
    }

    private record Row(String name, Function<ObjectNode, String> edit, String message) {}

    private static String without(ObjectNode plan, String field) {
        plan.remove(field);
        return plan.toString();
    }

    private static String first(ObjectNode plan, String field, String value) {
        ((ObjectNode) plan.at("/tasks/0")).put(field, value);
        return plan.toString();
    }

    private JsonNode save() throws IOException {
        Cli.Result plan = run("plan", "-o", "json");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        Files.writeString(folder.resolve("plan.json"), plan.out());
        return plan.json();
    }

    private String colour() {
        return namespace.read("configmap/settings", "{.data.colour}");
    }

    private Cli.Result run(String command, String... more) {
        return cli.run(Stream.of(
                        List.of(command, "--name", "shop", "--namespace", namespace.name()),
                        List.of("--source", repository.url()),
                        new ArrayList<>(List.of(more)))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private static String configMap(String name, String colour) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {colour: %s}
                """.formatted(name, colour);
    }
}
