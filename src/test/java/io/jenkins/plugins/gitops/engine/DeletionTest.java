package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application is deleted from a real API server, SEMANTICS 5 and 6. */
@WithCluster
class DeletionTest {
    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void objectsGoInTheReverseOfTheirOrderAndTheInventoryLast() {
        shop.file("first.yaml", settings("first", "argocd.argoproj.io/sync-wave: \"-1\""))
                .file("secret.yaml", "{apiVersion: v1, kind: Secret, metadata: {name: second}}")
                .file("second.yaml", settings("second", ""))
                .file("third.yaml", settings("third", "argocd.argoproj.io/sync-wave: \"5\""));
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);

        SyncReport report = shop.delete(DeletionOptions.DEFAULT);

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(report.objects().stream().map(DeletionTest::line))
                .containsExactly(
                        "Delete deleted ConfigMap third",
                        "Delete deleted ConfigMap second",
                        "Delete deleted Secret second",
                        "Delete deleted ConfigMap first");
        assertThat(namespace.kubectl("get", "configmaps,secrets,leases", "-o", "name"))
                .isEqualTo("configmap/kube-root-ca.crt");
        SyncReport again = shop.delete(DeletionOptions.DEFAULT);
        assertThat(again.result()).isEqualTo(Result.Succeeded);
        assertThat(again.warnings()).anySatisfy(told -> assertThat(told).contains("deleted already"));
    }

    @Test
    void hooksRunBeforeAndAfterAndNoneIsLeft() {
        shop.file("settings.yaml", settings("settings", ""))
                .file("before.yaml", settings("before", "argocd.argoproj.io/hook: PreDelete"))
                .file("after.yaml", settings("after", "helm.sh/hook: post-delete"))
                .file("sync.yaml", settings("of-the-sync", "argocd.argoproj.io/hook: PreSync"));
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("configmap/before")).isFalse();
        assertThat(namespace.exists("configmap/of-the-sync")).isTrue();

        SyncReport report = shop.delete(DeletionOptions.DEFAULT);

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(report.objects().stream().map(DeletionTest::line))
                .containsExactly(
                        "PreDelete created ConfigMap before",
                        "Delete deleted ConfigMap settings",
                        "PostDelete created ConfigMap after");
        assertThat(namespace.kubectl("get", "configmaps", "-o", "name")).isEqualTo("configmap/kube-root-ca.crt");
    }

    @Test
    void aFailedPreDeleteHookDeletesNothing() {
        shop.file("settings.yaml", settings("settings", "")).file("before.yaml", """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: backup, annotations: {gitops.jenkins.io/hook: PreDelete}}
                        spec:
                          backoffLimit: 0
                          template:
                            metadata: {annotations: {testcluster.gitops.jenkins.io/behaviour: fail}}
                            spec: {restartPolicy: Never, containers: [{name: run, image: "registry.example/run:1"}]}
                        """);
        shop.sync();

        SyncReport report = shop.delete(DeletionOptions.DEFAULT);

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.message()).contains("PreDelete hook failed");
        assertThat(namespace.exists("configmap/settings")).isTrue();
        assertThat(shop.sync().result()).as("it is still tracked").isEqualTo(Result.Succeeded);
    }

    @Test
    void whatHoldsDataWaitsForApprovalAndKeepsTheInventory() {
        shop.file("settings.yaml", settings("settings", ""))
                .file("confirm.yaml", settings("confirm", "argocd.argoproj.io/sync-options: Delete=confirm"))
                .file("data.yaml", """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: data}
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                        """);
        shop.sync();

        SyncReport waiting = shop.delete(DeletionOptions.DEFAULT);

        assertThat(waiting.result()).isEqualTo(Result.Waiting);
        assertThat(waiting.message()).contains("Delete=confirm", "holds data", "the inventory");
        assertThat(object(waiting, "ConfigMap", "settings").action()).isEqualTo(Action.deleted);
        assertThat(object(waiting, "PersistentVolumeClaim", "data").action()).isEqualTo(Action.waiting);

        List<KeyPattern> approved = List.of(
                KeyPattern.parse("", "PersistentVolumeClaim */data"), KeyPattern.parse("", "ConfigMap */confirm"));
        SyncReport done = shop.delete(new DeletionOptions(false, false, approved));
        assertThat(done.result()).as(done.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.kubectl("get", "configmaps,persistentvolumeclaims", "-o", "name"))
                .isEqualTo("configmap/kube-root-ca.crt");
    }

    @Test
    void whatIsToStayLosesOurLabelAndOurClaimToItsFields() {
        shop.file("settings.yaml", settings("settings", ""))
                .file("kept.yaml", settings("kept", "gitops.jenkins.io/sync-options: Delete=false"));
        shop.sync();

        SyncReport report = shop.delete(DeletionOptions.DEFAULT);

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(object(report, "ConfigMap", "kept").message()).contains("belongs to no application");
        assertThat(namespace.read("configmap/kept", "{.metadata.labels}")).isEmpty();
        assertThat(namespace.kubectl("get", "configmap/kept", "-o", "yaml", "--show-managed-fields"))
                .doesNotContain("jenkins-gitops")
                .contains("greeting: hello");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void allObjectsMayStay() {
        shop.file("settings.yaml", settings("settings", ""))
                .file("before.yaml", settings("before", "argocd.argoproj.io/hook: PreDelete"));
        shop.sync();

        SyncReport report = shop.delete(new DeletionOptions(false, true, List.of()));

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.kubectl("get", "configmaps", "-o", "name").lines())
                .containsExactly("configmap/kube-root-ca.crt", "configmap/settings");
        assertThat(namespace.read("configmap/settings", "{.metadata.labels}")).isEmpty();
        assertThat(shop.sync().result()).as("it can come back").isEqualTo(Result.Succeeded);
    }

    @Test
    void aDryRunDeletesNothing() {
        shop.file("settings.yaml", settings("settings", ""));
        shop.sync();

        SyncReport report = shop.delete(new DeletionOptions(true, false, List.of()));

        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.deleted);
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void theNamespaceOfTheInventoryGoesLastWhenThatIsWanted() {
        String other = namespace.name() + "-x";
        shop.file("ns.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: " + other + "}}")
                .file(
                        "settings.yaml",
                        settings("settings", "").replace("name: settings", "name: settings, namespace: " + other));
        shop.sync();
        assertThat(shop.delete(DeletionOptions.DEFAULT).result()).isEqualTo(Result.Waiting);
        assertThat(namespace.exists("namespace/" + other)).isTrue();
        List<KeyPattern> approved = List.of(KeyPattern.parse("", "Namespace " + other));
        SyncReport report = shop.delete(new DeletionOptions(false, false, approved));
        assertThat(report.result()).as(report.message()).isEqualTo(Result.Succeeded);
        assertThat(namespace.exists("namespace/" + other)).isFalse();
    }

    private static String line(ObjectSync object) {
        return object.phase() + " " + object.action() + " " + object.kind() + " " + object.name();
    }

    private static String settings(String name, String annotation) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {%s}}
                data: {greeting: hello}
                """.formatted(name, annotation);
    }
}
