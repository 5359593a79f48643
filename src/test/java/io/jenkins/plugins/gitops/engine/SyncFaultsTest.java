package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.SyncLock;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.sync.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a cluster while a sync runs: nothing is lost, and the report is true (SEMANTICS 7). */
@WithCluster
class SyncFaultsTest {
    private Scenario shop;
    private TestNamespace namespace;
    private Path folder;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        this.folder = folder;
        shop = new Scenario(namespace, folder);
        shop.file("a.yaml", configMap("a", "1"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPodBesideItsOwnNewServiceAccountIsNoRejection() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("account.yaml", """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: runner}
                """).file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  serviceAccountName: runner
                  containers: [{name: main, image: registry.example/x}]
                """);

        SyncReport report = shop.sync();

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(object(report, "Pod", "web").action()).isEqualTo(Action.created);
        assertThat(namespace.read("pod/web", "{.spec.serviceAccountName}")).isEqualTo("runner");
    }

    @Test
    void aPodBesideItsPriorityClassAndABindingBesideItsRoleAreNoRejectionsEither() {
        String priority = "p-" + namespace.name();
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("all.yaml", """
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: %s}
                value: 10
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  priorityClassName: %s
                  containers: [{name: main, image: registry.example/x}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: look}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: look}
                subjects: [{kind: ServiceAccount, name: default, namespace: default}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: look}
                rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
                """.formatted(priority, priority));

        SyncReport report = shop.sync();

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(namespace.read("pod/web", "{.spec.priority}")).isEqualTo("10");
        namespace.kubectl("delete", "priorityclass", priority);
    }

    @Test
    void aPodWhoseServiceAccountNobodyBringsIsARejectionWithNothingWritten() {
        shop.file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  serviceAccountName: nobody
                  containers: [{name: main, image: registry.example/x}]
                """);

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("nobody").contains("pod.yaml:1");
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void noObjectIsDryRunTwiceAndNoneInAMissingNamespace(@TempDir Path users) throws IOException {
        String later = namespace.name() + "-z";
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig());
                Scenario seen = new Scenario(namespace, folder, server.kubeconfig(users.resolve("k")))) {
            seen.file("namespace.yaml", """
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s}
                    """.formatted(later))
                    .file("b.yaml", configMap("b", "1").replace("name: b", "name: b, namespace: " + later));

            SyncReport report = seen.sync();

            assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
            List<String> dryRuns = server.requests().stream()
                    .filter(request -> request.contains("dryRun=All"))
                    .toList();
            assertThat(dryRuns).hasSize(3).doesNotHaveDuplicates();
            int created = indexOf(server.requests(), "PATCH .*/namespaces/" + later + "[?](?!.*dryRun).*");
            int asked = indexOf(server.requests(), "PATCH .*/configmaps/b[?].*dryRun.*");
            assertThat(asked).as("dry-run when its namespace stood").isGreaterThan(created);
        }
        namespace.kubectl("delete", "namespace", later, "--wait=false");
    }

    @Test
    void anObjectThatIsDeletedBetweenCompareAndApplyIsCreatedAndTheReportSaysSo() {
        shop.sync();
        shop.file("a.yaml", configMap("a", "2"));

        SyncReport report = shop.sync(SyncOptions.DEFAULT, planned(() -> namespace.kubectl("delete", "configmap/a")));

        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "a").message()).contains("deleted it after it was compared");
        assertThat(namespace.read("configmap/a", "{.data.level}")).isEqualTo("2");
    }

    @Test
    void anObjectThatIsChangedBetweenCompareAndApplyEndsAsGitSays() {
        shop.sync();
        shop.file("a.yaml", configMap("a", "2"));

        SyncReport report = shop.sync(
                SyncOptions.DEFAULT,
                planned(() -> namespace.kubectl(
                        "patch", "configmap/a", "--type=merge", "-p", "{\"data\":{\"level\":\"7\"}}")));

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(namespace.read("configmap/a", "{.data.level}")).isEqualTo("2");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void anotherManagersValueIsTakenAndTheReportNamesFieldAndManager() {
        shop.sync();
        namespace.kubectl(
                "patch", "configmap/a", "--type=merge", "--field-manager=rival", "-p", "{\"data\":{\"level\":\"7\"}}");

        ObjectSync taken = object(shop.sync(), "ConfigMap", "a");

        assertThat(taken.action()).isEqualTo(Action.configured);
        assertThat(taken.message()).isEqualTo("took data.level from rival");
    }

    @Test
    void anObjectThatWasMadeAnewBetweenCompareAndPruneIsNotPruned() {
        shop.sync();
        shop.without("a.yaml").file("b.yaml", configMap("b", "1"));

        SyncReport report = shop.sync(SyncOptions.DEFAULT, planned(() -> {
            namespace.kubectl("delete", "configmap/a");
            namespace.kubectl("create", "configmap", "a");
        }));

        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.failed);
        assertThat(namespace.exists("configmap/a")).isTrue();
        assertThat(shop.sync().result()).as("not ours any more").isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("configmap/a")).isTrue();
    }

    @Test
    void aDefinitionThatIsDeletedBetweenPlanAndSyncFailsItsInstancesAlone() {
        String group = "gone" + Math.abs(namespace.name().hashCode()) + ".example.com";
        namespace.kubectlWithInput("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%s}
                spec:
                  group: %s
                  scope: Namespaced
                  names: {plural: widgets, singular: widget, kind: Widget}
                  versions:
                  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
                """.formatted(group, group), "apply", "-f", "-");
        namespace.kubectl("wait", "crd/widgets." + group, "--for=condition=Established");
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("one.yaml", """
                apiVersion: %s/v1
                kind: Widget
                metadata: {name: one}
                """.formatted(group));

        SyncReport report =
                shop.sync(SyncOptions.DEFAULT, planned(() -> namespace.kubectl("delete", "crd/widgets." + group)));

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Failed);
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(object(report, "Widget", "one").action()).isEqualTo(Action.failed);
        assertThat(object(report, "Widget", "one").message()).contains("no longer there");
    }

    @Test
    void aNamespaceThatIsBeingDeletedTakesNothingAndIsNotTriedAgain() {
        List<Duration> pauses = countedPauses();
        namespace.kubectlWithInput("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: holds, finalizers: [example.com/hold]}
                """, "apply", "-f", "-");
        namespace.kubectl("delete", "namespace", namespace.name(), "--wait=false");
        namespace.await(
                "it is terminating",
                Duration.ofSeconds(10),
                () -> namespace
                        .read("namespace/" + namespace.name(), "{.status.phase}")
                        .equals("Terminating"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("being terminated");
        assertThat(pauses).isEmpty();
        namespace.kubectl("patch", "configmap/holds", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void aQuotaThatIsExceededInTheMiddleFailsThatObjectAndSkipsTheNextWave() {
        List<Duration> pauses = countedPauses();
        namespace.kubectlWithInput("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: one}
                spec: {hard: {count/services: "1"}}
                """, "apply", "-f", "-");
        namespace.await(
                "the quota is counted",
                Duration.ofSeconds(20),
                () -> namespace.read("resourcequota/one", "{.status.used}").contains("services"));
        shop.file("one.yaml", service("one"))
                .file("two.yaml", service("two"))
                .file(
                        "later.yaml",
                        configMap("later", "1")
                                .replace(
                                        "name: later",
                                        "name: later, annotations: {gitops.jenkins.io/sync-wave: \"1\"}"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.objects())
                .filteredOn(done -> done.action() == Action.failed)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.kind()).isEqualTo("Service");
                    assertThat(failed.message()).contains("exceeded quota");
                });
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "later").action()).isEqualTo(Action.skipped);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anAdmissionWebhookThatIsDownKeepsEverythingFromBeingWrittenUntilItIsBack() {
        String webhook = "down-" + namespace.name();
        namespace.kubectlWithInput("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: %s}
                webhooks:
                - name: down.example.com
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  timeoutSeconds: 1
                  clientConfig: {url: "https://127.0.0.1:9/"}
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
                  rules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [services]}
                """.formatted(webhook, namespace.name()), "apply", "-f", "-");
        try {
            shop.file("one.yaml", service("one"));
            namespace.await("the webhook is called", Duration.ofSeconds(10), () -> {
                String answer = namespace
                        .tryKubectl(service("probe"), "apply", "--dry-run=server", "-f", "-")
                        .stderr();
                return answer.contains("failed calling webhook");
            });
            List<Duration> pauses = countedPauses(() -> {
                assertThat(namespace.exists("configmap/a"))
                        .as("nothing is written")
                        .isFalse();
                namespace.kubectl("delete", "validatingwebhookconfiguration", webhook);
                namespace.await(
                        "the webhook is called no more",
                        Duration.ofSeconds(10),
                        () -> namespace
                                        .tryKubectl(service("probe"), "apply", "--dry-run=server", "-f", "-")
                                        .exitCode()
                                == 0);
            });

            SyncReport report = shop.sync();

            assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
            assertThat(report.attempts()).isEqualTo(2);
            assertThat(pauses).hasSize(1);
        } finally {
            namespace.kubectl("delete", "validatingwebhookconfiguration", webhook, "--ignore-not-found");
        }
    }

    @Test
    void aServerThatHangsEndsOneRequestAfterItsTimeout(@TempDir Path users) throws IOException {
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            Cluster impatient = Cluster.connect(
                    new ClusterConfig(server.kubeconfig(users.resolve("k")), null, false, 20), Duration.ofSeconds(1));
            try (Scenario slow = new Scenario(namespace, folder, impatient)) {
                server.hang("PATCH .*/configmaps/a[^&]*&force=true", Duration.ofSeconds(4));
                Instant start = Instant.now();

                SyncReport report = slow.sync();

                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
                assertThat(report.result()).isEqualTo(Result.Failed);
                assertThat(object(report, "ConfigMap", "a").message())
                        .contains("no answer within 1 s")
                        .contains("whether it was written is not known");
            }
        }
    }

    private List<Duration> countedPauses() {
        return countedPauses(() -> {});
    }

    private List<Duration> countedPauses(Runnable during) {
        List<Duration> pauses = new ArrayList<>();
        shop.policy(policy -> policy.withRetry(RetryPolicy.DEFAULT));
        shop.timing(new Timing(
                pause -> {
                    pauses.add(pause);
                    during.run();
                },
                () -> 0.5,
                SyncLock.Times.DEFAULT));
        return pauses;
    }

    private static SyncListener planned(Runnable then) {
        return event -> {
            if (event instanceof SyncListener.Planned) {
                then.run();
            }
        };
    }

    private static int indexOf(List<String> requests, String pattern) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError("no " + pattern + " in " + requests);
    }

    private static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {ports: [{port: 80}]}
                """.formatted(name);
    }

    private static String configMap(String name, String level) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {level: "%s"}
                """.formatted(name, level);
    }
}
