package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each sync option of SEMANTICS 7 does, on the object that carries it and for a whole application. */
@WithCluster
class SyncOptionsTest {
    private Scenario shop;
    private TestNamespace namespace;
    private Path folder;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        this.folder = folder;
        shop = new Scenario(namespace, folder);
        shop.policy(policy -> policy.withTimeout(Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void pruneFalseKeepsWhatLeftGit() {
        shop.file("a.yaml", configMap("a", "Prune=false", "{}"));
        shop.sync();
        shop.without("a.yaml").file("b.yaml", configMap("b", "", "{}"));

        ObjectSync kept = object(synced(), "ConfigMap", "a");

        assertThat(kept.action()).isEqualTo(Action.skipped);
        assertThat(kept.message()).contains("Prune=false");
        assertThat(namespace.exists("configmap/a")).isTrue();
    }

    @Test
    void pruneConfirmEndsTheSyncAsWaitingUntilItsObjectIsApprovedByName() {
        shop.file("a.yaml", configMap("a", "Prune=confirm", "{}")).file("b.yaml", configMap("b", "", "{}"));
        shop.sync();
        shop.without("a.yaml").without("b.yaml").file("c.yaml", configMap("c", "", "{}"));

        SyncReport waiting = shop.sync();

        assertThat(waiting.result()).isEqualTo(Result.Waiting);
        assertThat(waiting.message())
                .contains("waiting for approval of 1")
                .contains("ConfigMap " + namespace.name() + "/a");
        assertThat(object(waiting, "ConfigMap", "a").action()).isEqualTo(Action.waiting);
        assertThat(object(waiting, "ConfigMap", "b").action())
                .as("all else goes on")
                .isEqualTo(Action.pruned);
        assertThat(object(waiting, "ConfigMap", "c").action()).isEqualTo(Action.created);
        assertThat(namespace.exists("configmap/a")).isTrue();
        assertThat(namespace.read(lease(), "{.spec.holderIdentity}"))
                .as("the lock is free")
                .isEmpty();

        assertThat(approving("ConfigMap " + namespace.name() + "/b").result())
                .as("another's name")
                .isEqualTo(Result.Waiting);
        SyncReport approved = approving("ConfigMap " + namespace.name() + "/a");

        assertThat(approved.result()).isEqualTo(Result.Succeeded);
        assertThat(object(approved, "ConfigMap", "a").action()).isEqualTo(Action.pruned);
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void anApplicationsOptionHoldsForEveryObjectThatDoesNotSayOtherwise() {
        shop.file("a.yaml", configMap("a", "", "{}")).file("b.yaml", configMap("b", "Prune=true", "{}"));
        shop.sync();
        shop.policy(policy -> policy.withOptions(List.of("Prune=confirm")));
        shop.without("a.yaml").without("b.yaml").file("c.yaml", configMap("c", "", "{}"));

        SyncReport report = shop.sync();

        assertThat(report.message()).contains("/a").doesNotContain("/b");
        assertThat(namespace.exists("configmap/a")).isTrue();
        assertThat(namespace.exists("configmap/b")).isFalse();
    }

    @Test
    void aVolumeClaimIsNeverPrunedUnasked() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("claim.yaml", """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        shop.sync();
        shop.without("claim.yaml").file("c.yaml", configMap("c", "", "{}"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Waiting);
        assertThat(object(report, "PersistentVolumeClaim", "data").message()).contains("holds data");
        assertThat(approving(":PersistentVolumeClaim:data").result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void anUnknownOptionIsAWarningThatNamesTheManifest() {
        shop.file("a.yaml", configMap("a", "Repalce=true", "{}"));
        shop.policy(policy -> policy.withOptions(List.of("PruneLst=true")));

        SyncReport report = synced();

        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("a.yaml:3").contains("did you mean Replace?"))
                .anySatisfy(warning -> assertThat(warning).contains("shop").contains("did you mean PruneLast?"));
    }

    @Test
    void replaceWritesTheWholeObjectSoThatNothingStaysThatGitDoesNotDeclare() {
        shop.file("a.yaml", configMap("a", "Replace=true", "{x: \"1\", w: \"1\"}"));
        synced();
        inSync();
        namespace.kubectl("patch", "configmap/a", "--type=merge", "-p", "{\"data\":{\"foreign\":\"1\"}}");
        shop.file("a.yaml", configMap("a", "Replace=true", "{x: \"2\"}"));
        assertThat(object(shop.diff(), "ConfigMap", "a").fields())
                .extracting(field -> field.path())
                .contains("data.x", "data.w");

        synced();

        assertThat(namespace.read("configmap/a", "{.data}")).isEqualTo("{\"x\":\"2\"}");
        inSync();
        assertTracked("configmap/a");
        pruned("a.yaml", "configmap/a");
    }

    @Test
    void serverSideApplyFalseRemovesWhatLeftTheManifestAndKeepsWhatOthersAdded() {
        shop.file("a.yaml", configMap("a", "ServerSideApply=false", "{x: \"1\", w: \"1\"}"));
        synced();
        inSync();
        namespace.kubectl("patch", "configmap/a", "--type=merge", "-p", "{\"data\":{\"foreign\":\"1\"}}");
        inSync();
        shop.file("a.yaml", configMap("a", "ServerSideApply=false", "{x: \"2\"}"));
        assertThat(object(shop.diff(), "ConfigMap", "a").fields())
                .extracting(field -> field.path())
                .containsExactlyInAnyOrder("data.x", "data.w");

        synced();

        assertThat(namespace.read("configmap/a", "{.data}")).isEqualTo("{\"foreign\":\"1\",\"x\":\"2\"}");
        assertThat(namespace.read(
                        "configmap/a", "{.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}"))
                .contains("\"x\":\"2\"")
                .doesNotContain("foreign");
        inSync();
        assertTracked("configmap/a");
        pruned("a.yaml", "configmap/a");
    }

    @Test
    void serverSideApplyFalseMergesListsItemByItem() {
        shop.file(
                "web.yaml",
                deployment("ServerSideApply=false", "[{name: A, value: \"1\"}, {name: B, value: \"2\"}]", "web"));
        shop.policy(policy -> policy.withAwaitHealth(false));
        synced();
        namespace.kubectl("set", "env", "deployment/web", "FOREIGN=1");
        inSync();
        shop.file("web.yaml", deployment("ServerSideApply=false", "[{name: B, value: \"3\"}]", "web"));

        synced();

        assertThat(namespace.read(
                        "deployment/web", "{range .spec.template.spec.containers[0].env[*]}{.name}={.value} {end}"))
                .contains("B=3")
                .contains("FOREIGN=1")
                .doesNotContain("A=");
        inSync();
    }

    @Test
    void serverSideApplyFalseWorksForCustomResources() {
        String group = "csa" + Math.abs(namespace.name().hashCode()) + ".example.com";
        shop.file("crd.yaml", definition(group))
                .file("one.yaml", widget(group, "ServerSideApply=false", "{size: 1, colour: red}"));
        shop.policy(SyncOptionsTest::withDefinitions);
        synced();
        shop.file("one.yaml", widget(group, "ServerSideApply=false", "{size: 2}"));

        synced();

        assertThat(namespace.read("widgets." + group + "/one", "{.spec}")).isEqualTo("{\"size\":2}");
        inSync();
        namespace.kubectl("delete", "crd", "widgets." + group, "--wait=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServerSideApply=false", "Replace=true"})
    void betweenTheMethodsAnObjectChangesWithoutLosingOrKeepingAField(String other) {
        shop.file("a.yaml", configMap("a", "", "{x: \"1\", w: \"1\"}"));
        synced();
        shop.file("a.yaml", configMap("a", other, "{x: \"1\", z: \"1\"}"));
        synced();
        assertThat(namespace.read("configmap/a", "{.data.x}{.data.z}")).isEqualTo("11");
        inSync();
        shop.file("a.yaml", configMap("a", "", "{z: \"2\"}"));
        synced();
        assertThat(namespace.read("configmap/a", "{.data}")).isEqualTo("{\"z\":\"2\"}");
        inSync();
        assertThat(namespace.read(
                        "configmap/a", "{.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}"))
                .isEmpty();
    }

    @Test
    void forceDeletesAndCreatesAnewWhatCannotBeChangedAndNamesTheField() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("web.yaml", deployment("Force=true", "[]", "web"));
        synced();
        String before = namespace.read("deployment/web", "{.metadata.uid}");
        shop.file("web.yaml", deployment("Force=true", "[]", "other"));

        ObjectSync replaced = object(synced(), "Deployment", "web");

        assertThat(replaced.action()).isEqualTo(Action.replaced);
        assertThat(replaced.message()).contains("spec.selector").contains("created anew");
        assertThat(namespace.read("deployment/web", "{.metadata.uid}")).isNotEqualTo(before);
        inSync();
    }

    @Test
    void withoutForceAnImmutableFieldEndsTheSyncWithNothingWritten() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("web.yaml", deployment("", "[]", "web"));
        synced();
        shop.file("web.yaml", deployment("", "[]", "other")).file("b.yaml", configMap("b", "", "{}"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message())
                .contains("spec.selector")
                .contains("Force=true")
                .contains("web.yaml:1");
        assertThat(namespace.exists("configmap/b")).isFalse();
    }

    @Test
    void validateFalseDropsAFieldThatTheSchemaDoesNotHave() {
        String odd = configMap("a", "", "{x: \"1\"}") + "nonsense: true\n";
        shop.file("a.yaml", odd);
        assertThat(shop.sync().result()).isEqualTo(Result.Failed);
        shop.file("a.yaml", odd.replace("sync-options: \"\"", "sync-options: \"Validate=false\""));

        synced();

        assertThat(namespace.read("configmap/a", "{.data.x}")).isEqualTo("1");
        inSync();
    }

    @Test
    void failOnSharedResourceEndsTheSyncWithNothingWrittenEvenWithAdopt() {
        shop.file("a.yaml", configMap("a", "", "{from: shop}"));
        synced();
        try (Scenario other = new Scenario(namespace, folder)) {
            other.as(UUID.randomUUID(), "blog")
                    .policy(policy -> SyncPolicy.DEFAULT.toBuilder()
                            .prune(true)
                            .adopt(true)
                            .timeout(policy.timeout())
                            .build()
                            .withRetry(policy.retry()));
            other.file("a.yaml", configMap("a", "FailOnSharedResource=true", "{from: blog}"))
                    .file("b.yaml", configMap("b", "", "{}"));

            SyncReport report = other.sync();

            assertThat(report.result()).isEqualTo(Result.Failed);
            assertThat(report.message()).contains("belongs to application shop").contains("FailOnSharedResource");
            assertThat(namespace.exists("configmap/b")).isFalse();
        }
    }

    @Test
    void applyOutOfSyncOnlyLeavesAloneWhatIsInSyncThoughAllAreApplied() {
        shop.policy(policy -> SyncPolicy.DEFAULT.toBuilder()
                .prune(true)
                .applyAll(true)
                .timeout(policy.timeout())
                .build());
        shop.file("a.yaml", configMap("a", "", "{}")).file("b.yaml", configMap("b", "ApplyOutOfSyncOnly=true", "{}"));
        synced();

        assertThat(shop.reconciler().plan(shop.application(), shop.tree()).tasks())
                .extracting(task -> task.name())
                .containsExactly("a");
    }

    @Test
    void createNamespaceMakesTheDestinationWithoutTrackingIt() {
        String later = namespace.name() + "-y";
        shop.destination(later).file("a.yaml", configMap("a", "", "{}"));
        assertThat(shop.sync().message()).contains("does not exist").contains("CreateNamespace=true");
        shop.policy(policy -> policy.withOptions(List.of("CreateNamespace=true")));

        SyncReport report = synced();

        assertThat(object(report, "Namespace", later).action()).isEqualTo(Action.created);
        assertThat(namespace.read("namespace/" + later, "{.metadata.labels.applyset\\.kubernetes\\.io/part-of}"))
                .isEmpty();
        inSync();
        namespace.kubectl("delete", "namespace", later, "--wait=false");
    }

    @Test
    void aPlanNamesTheNamespaceThatCreateNamespaceMakesUntilItIsThere() {
        String later = namespace.name() + "-x";
        shop.destination(later)
                .policy(policy -> policy.withOptions(List.of("CreateNamespace=true")))
                .file("a.yaml", configMap("a", "", "{}"));

        assertThat(steps()).containsExactly("create Namespace " + later, "create ConfigMap a");

        synced();
        shop.file("a.yaml", configMap("a", "", "{x: \"1\"}"));
        assertThat(steps()).containsExactly("configure ConfigMap a");
        namespace.kubectl("delete", "namespace", later, "--wait=false");
    }

    /** As most charts with a migration have it: the first sync makes the namespace that the hook runs in. */
    @Test
    void createNamespaceMakesTheNamespaceBeforeAHookThatRunsInIt() {
        String later = namespace.name() + "-z";
        shop.destination(later)
                .policy(policy -> policy.withOptions(List.of("CreateNamespace=true")))
                .file("a.yaml", configMap("a", "", "{}"))
                .file("hook.yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: first, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}
                        """);

        SyncReport report = synced();

        assertThat(object(report, "ConfigMap", "first").action()).isEqualTo(Action.created);
        assertThat(namespace.read("namespace/" + later, "{.status.phase}")).isEqualTo("Active");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        namespace.kubectl("delete", "namespace", later, "--wait=false");
    }

    @Test
    void skipDryRunOnMissingResourceLetsAnEarlierWaveBringTheKind() {
        String group = "skip" + Math.abs(namespace.name().hashCode()) + ".example.com";
        shop.policy(SyncOptionsTest::withDefinitions);
        shop.file("a.yaml", configMap("a", "", "{}"))
                .file(
                        "one.yaml",
                        widget(group, "", "{size: 1}")
                                .replace("{gitops", "{gitops.jenkins.io/sync-wave: \"1\", gitops"));
        assertThatThrownBy(shop::sync).isInstanceOf(InvalidInputException.class).hasMessageContaining("no kind Widget");
        shop.file(
                "one.yaml",
                widget(group, "SkipDryRunOnMissingResource=true", "{size: 1}")
                        .replace("{gitops", "{gitops.jenkins.io/sync-wave: \"1\", gitops"));

        SyncReport report = shop.sync(SyncOptions.DEFAULT, event -> {
            // Stands for an operator that the first wave starts.
            if (event instanceof SyncListener.WaveStarted wave && wave.wave() == 0) {
                namespace.kubectlWithInput(definition(group), "apply", "-f", "-");
                namespace.kubectl("wait", "crd/widgets." + group, "--for=condition=Established");
            }
        });

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(namespace.read("widgets." + group + "/one", "{.spec.size}")).isEqualTo("1");
        namespace.kubectl("delete", "crd", "widgets." + group, "--wait=false");
    }

    @Test
    void aKindThatNobodyBroughtFailsWhenItsTurnComes() {
        shop.file("a.yaml", configMap("a", "", "{}"))
                .file("one.yaml", widget("never.example.com", "SkipDryRunOnMissingResource=true", "{size: 1}"));

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(object(report, "Widget", "one").message()).contains("does not serve never.example.com/v1 Widget");
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
    }

    @Test
    void prunePropagationOrphanLeavesWhatThePrunedObjectOwns() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("web.yaml", deployment("PrunePropagationPolicy=orphan", "[]", "web"))
                .file("c.yaml", configMap("c", "", "{}"));
        synced();
        namespace.await(
                "the pods' set is there",
                Duration.ofSeconds(20),
                () -> !namespace.kubectl("get", "replicasets", "-o", "name").isEmpty());
        shop.without("web.yaml");

        synced();

        namespace.await("the Deployment is gone", Duration.ofSeconds(20), () -> !namespace.exists("deployment/web"));
        assertThat(namespace.kubectl("get", "replicasets", "-o", "name")).isNotEmpty();
        assertThat(namespace.kubectl("get", "replicasets", "-o", "jsonpath={.items[*].metadata.ownerReferences}"))
                .isEmpty();
    }

    private static SyncPolicy withDefinitions(SyncPolicy policy) {
        return policy.withAwaitHealth(false);
    }

    private SyncReport synced() {
        SyncReport report = shop.sync();
        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        return report;
    }

    private List<String> steps() {
        return shop.reconciler().plan(shop.application(), shop.tree()).tasks().stream()
                .map(task -> task.action() + " " + task.kind() + " " + task.name())
                .toList();
    }

    private SyncReport approving(String key) {
        return shop.sync(
                SyncOptions.DEFAULT.withApproved(List.of(KeyPattern.parse("--approve", key))), SyncListener.SILENT);
    }

    private void inSync() {
        DriftReport drift = shop.diff();
        assertThat(drift.verdict()).as(ReportJson.pretty(drift)).isEqualTo(ApplicationVerdict.InSync);
        assertThat(shop.reconciler().plan(shop.application(), shop.tree()).tasks())
                .isEmpty();
    }

    private void assertTracked(String object) {
        assertThat(
                        namespace.kubectl(
                                "get",
                                object,
                                "--show-managed-fields",
                                "-o",
                                "jsonpath={range .metadata.managedFields[?(@.operation==\"Apply\")]}{.manager} {.fieldsV1}{end}"))
                .contains("jenkins-gitops")
                .contains("applyset.kubernetes.io/part-of");
    }

    private void pruned(String file, String object) {
        shop.without(file).file("rest.yaml", configMap("rest", "", "{}"));
        synced();
        assertThat(namespace.exists(object)).isFalse();
    }

    private String lease() {
        return namespace.kubectl("get", "leases.coordination.k8s.io", "-o", "name");
    }

    private static String configMap(String name, String options, String data) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {gitops.jenkins.io/sync-options: "%s"}}
                data: %s
                """.formatted(name, options, data);
    }

    private static String deployment(String options, String env, String label) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, annotations: {gitops.jenkins.io/sync-options: "%s"}}
                spec:
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec:
                      containers:
                      - {name: main, image: registry.example/x, env: %s}
                """.formatted(options, label, label, env);
    }

    private static String definition(String group) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%s}
                spec:
                  group: %s
                  scope: Namespaced
                  names: {plural: widgets, singular: widget, kind: Widget}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec:
                            type: object
                            properties: {size: {type: integer}, colour: {type: string}}
                """.formatted(group, group);
    }

    private static String widget(String group, String options, String spec) {
        return """
                apiVersion: %s/v1
                kind: Widget
                metadata: {name: one, annotations: {gitops.jenkins.io/sync-options: "%s"}}
                spec: %s
                """.formatted(group, options, spec);
    }
}
