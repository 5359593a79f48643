package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between Git and a cluster, and what a person is told: nothing is lost, nothing half-written. */
@WithCluster
class FaultsTest {
    private Scenario shop;
    private TestNamespace namespace;
    private Path folder;
    private Path users;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) {
        this.namespace = namespace;
        this.folder = folder;
        this.users = users;
        shop = new Scenario(namespace, folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anUnknownKindIsAnErrorOfTheManifest() {
        shop.file("a.yaml", configMap("a")).file("typo.yaml", configMap("b").replace("ConfigMap", "ConfigMapp"));
        assertThatThrownBy(shop::sync)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("typo.yaml:1")
                .hasMessageContaining("no kind ConfigMapp");
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void aWrongApiVersionNamesTheOnesThatAreServed() {
        shop.file("web.yaml", """
                apiVersion: extensions/v1beta1
                kind: Deployment
                metadata: {name: web}
                """);
        assertThatThrownBy(shop::diff)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("web.yaml:1")
                .hasMessageContaining("apps/v1");
    }

    @Test
    void aNamespaceThatNeitherTheClusterNorTheSetHasIsToldBeforeAnythingIsWritten() {
        shop.file("a.yaml", configMap("a"))
                .file("b.yaml", configMap("b").replace("name: b", "name: b, namespace: nowhere"));
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(object(report, "ConfigMap", "b").message()).contains("namespace nowhere does not exist");
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.skipped);
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void anUnreachableClusterIsToldWithItsAddress() throws IOException {
        Path kubeconfig = Files.writeString(users.resolve("dead"), """
                apiVersion: v1
                kind: Config
                current-context: dead
                clusters: [{name: dead, cluster: {server: "https://127.0.0.1:9"}}]
                users: [{name: dead, user: {token: none}}]
                contexts: [{name: dead, context: {cluster: dead, user: dead}}]
                """);
        try (Scenario dead = new Scenario(namespace, folder, kubeconfig)) {
            dead.file("a.yaml", configMap("a"));
            assertThatThrownBy(dead::sync)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("https://127.0.0.1:9")
                    .hasMessageContaining("does not answer");
        }
    }

    @Test
    void credentialsThatTheServerRefusesAreToldAsSuch() {
        Path kubeconfig = namespace.kubeconfigWithToken(users.resolve("wrong"), "wrong");
        try (Scenario wrong = new Scenario(namespace, folder, kubeconfig)) {
            wrong.file("a.yaml", configMap("a"));
            assertThatThrownBy(wrong::diff)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("401")
                    .hasMessageContaining("credentials");
        }
    }

    @Test
    void aForbiddenKindFailsAloneAndTheOthersGo() {
        try (Scenario limited = new Scenario(namespace, folder, userWhoMayWriteConfigMaps())) {
            limited.file("a.yaml", configMap("a")).file("secret.yaml", """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: login}
                    stringData: {password: swordfish}
                    """);

            SyncReport report = limited.sync();

            assertThat(report.result()).isEqualTo(Result.Failed);
            assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
            ObjectSync secret = object(report, "Secret", "login");
            assertThat(secret.action()).isEqualTo(Action.failed);
            assertThat(secret.message()).contains("cannot").contains("secrets").doesNotContain("swordfish");
            assertThat(report.message()).contains("Secret").contains("cannot");
            assertThat(namespace.exists("configmap/a")).isTrue();
            DriftReport drift = limited.diff();
            assertThat(object(drift, "Secret", "login").verdict()).isEqualTo(Verdict.Unknown);
            assertThat(object(drift, "ConfigMap", "a").verdict()).isEqualTo(Verdict.InSync);
        }
    }

    @Test
    void aQuotaThatIsExceededRejectsTheWholeSet() {
        namespace.kubectlWithInput("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: none}
                spec: {hard: {count/services: "0"}}
                """, "apply", "-f", "-");
        namespace.await(
                "the quota is counted",
                Duration.ofSeconds(20),
                () -> namespace.read("resourcequota/none", "{.status.used}").contains("services"));
        shop.file("a.yaml", configMap("a")).file("service.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """);
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("exceeded quota").contains("service.yaml:1");
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void anObjectOfAnotherApplicationIsLeftAloneAndNamesIt() {
        shop.file("a.yaml", configMap("a").replace("{}", "{from: shop}"));
        shop.sync();
        try (Scenario other = new Scenario(namespace, folder)) {
            other.as(UUID.randomUUID(), "blog");
            other.file("a.yaml", configMap("a").replace("{}", "{from: blog}")).file("b.yaml", configMap("b"));

            SyncReport report = other.sync();

            assertThat(report.result()).isEqualTo(Result.Failed);
            assertThat(object(report, "ConfigMap", "a").message())
                    .contains("belongs to application shop")
                    .contains("adopt");
            assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.created);
            assertThat(namespace.read("configmap/a", "{.data.from}")).isEqualTo("shop");
            other.policy(FaultsTest::adopting);
            assertThat(object(other.sync(), "ConfigMap", "a").action()).isEqualTo(Action.configured);
            assertThat(namespace.read("configmap/a", "{.data.from}")).isEqualTo("blog");
        }
    }

    @Test
    void twoApplicationsOfOneNameInOneNamespaceDoNotTouchEachOther(@TempDir Path second) {
        shop.file("a.yaml", configMap("a"));
        shop.sync();
        try (Scenario twin = new Scenario(namespace, second)) {
            twin.as(UUID.randomUUID(), "shop").file("b.yaml", configMap("b"));
            assertThat(twin.sync().result()).isEqualTo(Result.Succeeded);
            assertThat(twin.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        }
        assertThat(namespace.exists("configmap/a")).isTrue();
        assertThat(shop.diff().objects()).hasSize(1);
    }

    @Test
    void anInventoryThatRecordsAnotherControllerIsRefused() {
        shop.file("a.yaml", configMap("a"));
        shop.sync();
        namespace.kubectl(
                "annotate",
                "configmap",
                "-l",
                "applyset.kubernetes.io/id",
                "gitops.jenkins.io/controller=other",
                "--overwrite");
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Refused);
        assertThat(report.message()).contains("another controller (other").contains("adopt");
        assertThatThrownBy(shop::diff).isInstanceOf(RefusedException.class);
    }

    @Test
    void anInterruptEndsTheSyncSoonWithATruthfulReport() throws InterruptedException {
        shop.file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: stuck
                  annotations: {testcluster.gitops.jenkins.io/behaviour: stuck}
                spec: {containers: [{name: main, image: registry.example/x}]}
                """)
                .file(
                        "later.yaml",
                        configMap("later")
                                .replace(
                                        "name: later",
                                        "name: later, annotations: {gitops.jenkins.io/sync-wave: \"1\"}"));
        Thread me = Thread.currentThread();
        SyncListener stopper = event -> {
            if (event instanceof SyncListener.Waiting) {
                me.interrupt();
            }
        };
        Instant start = Instant.now();

        SyncReport report = shop.sync(SyncOptions.DEFAULT, stopper);

        assertThat(report.result()).isEqualTo(Result.Aborted);
        assertThat(object(report, "Pod", "stuck").action()).isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "later").action()).isEqualTo(Action.skipped);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(namespace.exists("configmap/later")).isFalse();
    }

    @Test
    void anInterruptDuringTheComparisonEndsItAsAbortedWithNothingWritten() {
        shop.file("a.yaml", configMap("a"));
        Thread.currentThread().interrupt();

        SyncReport report = shop.sync();

        assertThat(Thread.interrupted()).as("the interrupt was taken").isFalse();
        assertThat(report.result()).isEqualTo(Result.Aborted);
        assertThat(report.message()).contains("before anything was written");
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void anUnhealthyWaveKeepsTheNextOneFromStarting() {
        shop.policy(policy -> policy.withTimeout(Duration.ofSeconds(3)));
        shop.file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: broken
                  annotations: {testcluster.gitops.jenkins.io/behaviour: crash-loop}
                spec: {containers: [{name: main, image: registry.example/x}]}
                """)
                .file(
                        "later.yaml",
                        configMap("later")
                                .replace(
                                        "name: later",
                                        "name: later, annotations: {gitops.jenkins.io/sync-wave: \"1\"}"));
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("wave 0").contains("Pod").contains("broken");
        assertThat(object(report, "ConfigMap", "later").action()).isEqualTo(Action.skipped);
        assertThat(namespace.exists("configmap/later")).isFalse();
    }

    private static SyncPolicy adopting(SyncPolicy policy) {
        return SyncPolicy.DEFAULT.toBuilder()
                .prune(policy.prune())
                .adopt(true)
                .timeout(policy.timeout())
                .build();
    }

    private Path userWhoMayWriteConfigMaps() {
        namespace.kubectl("create", "serviceaccount", "limited");
        namespace.kubectl(
                "create", "role", "limited", "--verb=get,list,watch,create,patch,delete", "--resource=configmaps");
        namespace.kubectl(
                "create", "role", "lock", "--verb=get,create,update", "--resource=leases.coordination.k8s.io");
        namespace.kubectl(
                "create", "rolebinding", "lock", "--role=lock", "--serviceaccount=" + namespace.name() + ":limited");
        namespace.kubectl(
                "create",
                "rolebinding",
                "limited",
                "--role=limited",
                "--serviceaccount=" + namespace.name() + ":limited");
        return namespace.kubeconfigWithToken(users.resolve("limited"), namespace.kubectl("create", "token", "limited"));
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {}
                """.formatted(name);
    }
}
