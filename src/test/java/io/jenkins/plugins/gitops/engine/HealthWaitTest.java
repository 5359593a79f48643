package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.ObjectWatch;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting is told of changes by the server, and looks by itself where it is not told. */
@WithCluster
class HealthWaitTest {
    private static final ApiResource CONFIG_MAPS = new ApiResource("", "v1", "ConfigMap", "configmaps", true);

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("deploy"));
    }

    @Test
    void aWatchTellsWhatIsThereThenWhatChangesThenWhatGoes(TestNamespace namespace) throws Exception {
        namespace.kubectl("create", "configmap", "one");
        ResourceKey one = new ResourceKey("", "ConfigMap", namespace.name(), "one");
        try (Cluster cluster = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 5));
                ObjectWatch watch = ObjectWatch.of(
                        cluster, List.of(new ObjectWatch.Place(CONFIG_MAPS, namespace.name())), Map.of())) {
            assertThat(watch.await(Duration.ofSeconds(10))).contains(one);
            assertThat(watch.isWhole()).isTrue();

            namespace.kubectl("label", "configmap", "one", "tier=front");
            assertThat(watch.await(Duration.ofSeconds(10))).isEqualTo(Set.of(one));

            namespace.kubectl("delete", "configmap", "one");
            assertThat(watch.await(Duration.ofSeconds(10))).isEqualTo(Set.of(one));
            assertThat(watch.await(Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void onlyObjectsWithTheLabelsAreTold(TestNamespace namespace) throws Exception {
        try (Cluster cluster = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 5));
                ObjectWatch watch = ObjectWatch.of(
                        cluster,
                        List.of(new ObjectWatch.Place(CONFIG_MAPS, namespace.name())),
                        Map.of("ours", "yes"))) {
            namespace.kubectl("create", "configmap", "foreign");
            assertThat(watch.await(Duration.ofMillis(500))).isEmpty();
        }
    }

    /** The newer one may be what mends it: to sit the timeout out would keep it waiting. */
    @ParameterizedTest
    @ValueSource(strings = {"the last wave", "an earlier wave"})
    void aNewerRevisionSupersedesASyncThatWaitsForHealth(String which, TestNamespace namespace) {
        try (Scenario shop = new Scenario(namespace, folder)) {
            shop.policy(policy -> policy.withTimeout(Duration.ofMinutes(5)));
            shop.timing(new Timing(
                    Timing.REAL.sleep(),
                    Timing.REAL.random(),
                    SyncLock.Times.DEFAULT,
                    InstantSource.system(),
                    Duration.ofMillis(200)));
            namespace.kubectlWithInput("""
                    apiVersion: storage.k8s.io/v1
                    kind: StorageClass
                    metadata: {name: nobody-provides}
                    provisioner: example.com/none
                    """, "apply", "-f", "-");
            shop.file("disk.yaml", """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: disk}
                    spec:
                      storageClassName: nobody-provides
                      accessModes: [ReadWriteOnce]
                      resources: {requests: {storage: 1Gi}}
                    """);
            if (which.equals("an earlier wave")) {
                shop.file("later.yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: later, annotations: {gitops.jenkins.io/sync-wave: "1"}}
                        """);
            }
            AtomicInteger asked = new AtomicInteger();
            SyncOptions options = SyncOptions.DEFAULT.withNewerRevision(
                    () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of("abc1234"));
            long start = System.nanoTime();

            SyncReport report = shop.sync(options, SyncListener.SILENT);

            assertThat(report.result()).as(report.message()).isEqualTo(Result.Superseded);
            assertThat(report.message())
                    .startsWith("superseded: Git has the newer revision abc1234; this one still waited for: ")
                    .contains("PersistentVolumeClaim");
            assertThat(object(report, "PersistentVolumeClaim", "disk").action()).isEqualTo(Action.created);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            assertThat(namespace.exists("configmap/later")).isFalse();
        }
    }

    @Test
    void aFailureOfAJobIsSeenWithinSecondsWhateverTheTimeoutIs(TestNamespace namespace) {
        try (Scenario shop = new Scenario(namespace, folder)) {
            shop.policy(policy -> policy.withTimeout(Duration.ofMinutes(5)));
            shop.file("job.yaml", """
                    apiVersion: batch/v1
                    kind: Job
                    metadata: {name: never}
                    spec:
                      activeDeadlineSeconds: 1
                      backoffLimit: 0
                      template:
                        spec:
                          restartPolicy: Never
                          schedulerName: nobody
                          containers: [{name: main, image: registry.example/x}]
                    """);

            SyncReport report = shop.sync();

            assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Failed);
            assertThat(object(report, "Job", "never").health()).isEqualTo(HealthStatus.Degraded);
            assertThat(report.message()).contains("DeadlineExceeded");
            assertThat(Duration.ofMillis(report.durationMs())).isLessThan(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forbidden", "dropped"})
    void withoutAWatchTheObjectsAreLookedAt(String fault, TestNamespace namespace) throws IOException {
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            String watches = "GET .*watch=true.*";
            if (fault.equals("forbidden")) {
                server.answer(watches, 403, "Forbidden", "deployments is forbidden: cannot watch resource");
            } else {
                server.cut(watches);
            }
            try (Scenario shop = new Scenario(namespace, folder, server.kubeconfig(temporary.resolve("kubeconfig")))) {
                shop.file("web.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          selector: {matchLabels: {app: web}}
                          template:
                            metadata: {labels: {app: web}}
                            spec: {containers: [{name: main, image: registry.example/x}]}
                        """);
                SyncReport report = shop.sync();

                assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
                assertThat(object(report, "Deployment", "web").health()).isEqualTo(HealthStatus.Healthy);
                assertThat(server.requests()).anyMatch(request -> request.matches(watches));
            }
        }
    }
}
