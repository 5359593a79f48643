package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync that ends too early: the next one converges, the inventory misses nothing, and nothing foreign is deleted. */
@WithCluster
class InterruptedSyncTest {
    private static final int OBJECTS = 500;

    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli cli;

    @BeforeEach
    void application(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        Files.createDirectory(folder.resolve("deploy"));
        for (int i = 0; i < OBJECTS; i++) {
            Files.writeString(folder.resolve("deploy/object-%03d.yaml".formatted(i)), """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: object-%03d, labels: {part: "of-500"}}
                    """.formatted(i));
        }
        namespace.kubectl("create", "configmap", "foreign");
    }

    @Test
    void aKilledSyncIsFinishedByTheNext() throws Exception {
        Process sync = startAndAwaitSomeWrites("sync");
        sync.destroyForcibly().waitFor();
        int atDeath = written();
        assertThat(atDeath).as("objects when it was killed").isLessThan(OBJECTS);

        // One that was written, and one that may not have been, leave Git before the next sync.
        Files.delete(folder.resolve("deploy/object-000.yaml"));
        Files.delete(folder.resolve("deploy/object-499.yaml"));
        Cli.Result second = cli.run(Cli.application("sync", namespace, "deploy", "--prune", "-o", "json"));

        assertThat(second.json().path("result").textValue()).as(second.err()).isEqualTo("Succeeded");
        assertThat(written()).isEqualTo(OBJECTS - 2);
        assertThat(namespace.exists("configmap/object-000")).isFalse();
        assertThat(namespace.exists("configmap/foreign")).isTrue();
        assertThat(cli.run(Cli.application("diff", namespace, "deploy")).exitCode())
                .isZero();
        assertThat(cli.run(Cli.application("plan", namespace, "deploy", "--prune", "-o", "json"))
                        .json()
                        .path("tasks"))
                .isEmpty();
    }

    @Test
    void sigintEndsItWith130AndATruthfulReport() throws Exception {
        Process sync = startAndAwaitSomeWrites("sync", "-o", "json");
        new ProcessBuilder("kill", "-INT", Long.toString(sync.pid())).start().waitFor();

        assertThat(sync.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sync.exitValue()).isEqualTo(130);
        JsonNode report = new Cli.Result(130, Files.readString(folder.resolve("out")), "").json();
        assertThat(report.path("result").textValue()).isEqualTo("Aborted");
        int created = count(report, "created", "");
        int inFlight = count(report, "failed", "stopped while it was being written");
        assertThat(written()).isBetween(created, created + inFlight).isLessThan(OBJECTS);
        assertThat(count(report, "skipped", "not written")).isEqualTo(OBJECTS - created - inFlight);

        assertThat(cli.run(Cli.application("sync", namespace, "deploy")).exitCode())
                .isZero();
        assertThat(written()).isEqualTo(OBJECTS);
    }

    /** Returns as soon as a watch has seen some of the objects: long before the last is written. */
    private Process startAndAwaitSomeWrites(String command, String... options) throws IOException {
        Process watch = new ProcessBuilder(
                        namespace.binary().toString(),
                        "--kubeconfig=" + namespace.kubeconfig(),
                        "--namespace=" + namespace.name(),
                        "get",
                        "configmaps",
                        "--selector=part=of-500",
                        "--watch",
                        "--output=name")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader seen = watch.inputReader()) {
            Process sync = cli.start(Cli.application(command, namespace, "deploy", options));
            for (int i = 0; i < 10; i++) {
                assertThat(seen.readLine()).isNotNull();
            }
            return sync;
        } finally {
            watch.destroy();
        }
    }

    private static int count(JsonNode report, String action, String message) {
        int count = 0;
        for (JsonNode object : report.path("objects")) {
            boolean matches = object.path("action").textValue().equals(action)
                    && object.path("message").textValue().startsWith(message);
            count += matches ? 1 : 0;
        }
        return count;
    }

    private int written() {
        return (int) namespace
                .kubectl("get", "configmaps", "-l", "part=of-500", "-o", "name")
                .lines()
                .count();
    }
}
