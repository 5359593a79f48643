package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that waits for others, whose files lie beside its own. */
@WithCluster
class DependenciesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli cli;
    private Process process;

    @BeforeEach
    void applications(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        manifests("shop", configMap("shop"));
        manifests("database", configMap("database"));
        application("shop", "[database]");
        application("database", "[]");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSyncWaitsAndSaysForWhatAndBeginsWhenItIsReady() throws Exception {
        process = cli.start("sync", "--app", "shop.yaml");
        namespace.await("it waits", SOON, () -> err().contains("Waiting: database is OutOfSync: ConfigMap"));
        assertThat(namespace.exists("configmap/shop")).isFalse();

        assertThat(cli.run("sync", "--app", "database.yaml").exitCode()).isZero();

        assertThat(process.waitFor()).isZero();
        assertThat(namespace.exists("configmap/shop")).isTrue();
    }

    @Test
    void withoutWaitingItIsRefusedAlsoWhenADependencyIsNotHealthy() throws IOException {
        manifests(
                "database",
                "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk}\n"
                        + "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: slow}\n");
        namespace.kubectlWithInput(
                "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: slow}\nprovisioner: example.com/none\n",
                "apply",
                "-f",
                "-");
        assertThat(cli.run("sync", "--app", "database.yaml", "--no-wait").exitCode())
                .isZero();

        Cli.Result sync = cli.run("sync", "--app", "shop.yaml", "--no-wait");

        assertThat(sync.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(sync.err()).contains("database is not healthy: PersistentVolumeClaim disk is Progressing");
        assertThat(namespace.exists("configmap/shop")).isFalse();
        assertThat(cli.run("sync", "--app", "shop.yaml", "--dry-run").exitCode())
                .isZero();
    }

    @Test
    void aCycleAndAnUnknownNameAreErrorsOfTheFile() throws IOException {
        application("database", "[disk]");
        application("disk", "[database]");
        Cli.Result cycle = cli.run("sync", "--app", "shop.yaml");
        assertThat(cycle.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(cycle.err()).contains("shop.yaml: spec.dependsOn: ", "database -> disk -> database");

        application("shop", "[datbase]");
        Files.writeString(folder.resolve("broken.yaml"), "apiVersion: gitops.jenkins.io/v1\nkind: Application\n");
        Cli.Result unknown = cli.run("sync", "--app", "shop.yaml");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(unknown.err())
                .contains("there is no application \"datbase\" to depend on; did you mean \"database\"?")
                .contains("broken.yaml");
    }

    @Test
    void aWatchSyncsACommitWhenWhatItDependsOnIsReady() throws Exception {
        try (TestRepository repository = new TestRepository(folder.resolve("deploy-shop"))) {
            repository.commit("one");
        }
        process = cli.start("watch", "--app", "shop.yaml", "--interval", "500ms", "-o", "json");
        namespace.await("it waits", SOON, () -> out().contains("waits: database is OutOfSync"));
        assertThat(namespace.exists("configmap/shop")).isFalse();

        assertThat(cli.run("sync", "--app", "database.yaml").exitCode()).isZero();

        namespace.await("it is synced", SOON, () -> out().contains("\"synced\""));
        assertThat(out().lines().filter(line -> line.contains("\"blocked\""))).hasSize(1);
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private void manifests(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("deploy-" + name));
        Files.writeString(folder.resolve("deploy-" + name + "/all.yaml"), text);
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n".formatted(name);
    }

    private void application(String name, String dependsOn) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: %s}
                spec:
                  source: {repository: ./deploy-%s}
                  destination: {namespace: %s}
                  dependsOn: %s
                """.formatted(name, name, namespace.name(), dependsOn));
    }
}
