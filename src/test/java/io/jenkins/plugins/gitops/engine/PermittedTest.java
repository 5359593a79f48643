package io.jenkins.plugins.gitops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.ClusterConfig;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of a cluster allows holds on a real API server, where the credentials would allow all. */
@WithCluster
class PermittedTest {
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {greeting: hello}
            """;

    @TempDir
    Path folder;

    private Scenario scenario;
    private Cluster cluster;

    @BeforeEach
    void start(TestNamespace namespace) {
        scenario = new Scenario(namespace, folder);
        cluster = Cluster.connect(new ClusterConfig(namespace.kubeconfig(), null, false, 20));
    }

    @AfterEach
    void stop() {
        cluster.close();
        scenario.close();
    }

    private Reconciler reconciler(Permissions permissions) {
        return new Reconciler(cluster, "test", permissions);
    }

    private SyncReport sync(Permissions permissions) {
        return reconciler(permissions)
                .sync(scenario.application(), scenario.tree(), SyncOptions.DEFAULT, SyncListener.SILENT);
    }

    @Test
    void anObjectOutsideTheNamespacesRefusesTheSyncWithFileAndLineAndNothingIsWritten(TestNamespace other) {
        scenario.file("settings.yaml", SETTINGS).file("deep/foreign.yaml", """
                # a comment
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: foreign, namespace: %s}
                """.formatted(other.name()));
        SyncReport report = sync(new Permissions(List.of(scenario.namespace().name()), List.of()));
        assertThat(report.result()).isEqualTo(SyncReport.Result.Refused);
        assertThat(report.message())
                .contains("deep/foreign.yaml:2")
                .contains("the namespace " + other.name() + " is not allowed");
        assertThat(scenario.namespace().exists("configmap/settings")).isFalse();
        assertThat(other.exists("configmap/foreign")).isFalse();
    }

    @Test
    void aDriftCheckDoesNotEvenLookOutside(TestNamespace other) {
        other.kubectl("create", "configmap", "foreign", "--from-literal=a=precious");
        scenario.file("foreign.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: foreign, namespace: %s}
                data: {a: mine}
                """.formatted(other.name()));
        Permissions own = new Permissions(List.of(scenario.namespace().name()), List.of());
        assertThatThrownBy(() -> reconciler(own).diff(scenario.application(), scenario.tree(), Observations.EMPTY))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("foreign.yaml:1");
    }

    @Test
    void aKindOutsideIsRefused() {
        scenario.file("settings.yaml", SETTINGS);
        SyncReport report = sync(new Permissions(List.of(), List.of("*.apps")));
        assertThat(report.result()).isEqualTo(SyncReport.Result.Refused);
        assertThat(report.message()).contains("settings.yaml:1").contains("the kind ConfigMap is not allowed");
    }

    @Test
    void whatIsInsideIsWritten() {
        scenario.file("settings.yaml", SETTINGS);
        SyncReport report = sync(new Permissions(List.of(scenario.namespace().name()), List.of("ConfigMap")));
        assertThat(report.result()).isEqualTo(SyncReport.Result.Succeeded);
        assertThat(scenario.namespace().exists("configmap/settings")).isTrue();
    }

    @Test
    void anObjectOutsideIsNotPrunedAndTheReportSaysWhy(TestNamespace other) {
        scenario.file("settings.yaml", SETTINGS).file("foreign.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: foreign, namespace: %s}
                """.formatted(other.name()));
        assertThat(scenario.sync().result()).isEqualTo(SyncReport.Result.Succeeded);
        scenario.without("foreign.yaml");
        SyncReport report = sync(new Permissions(List.of(scenario.namespace().name()), List.of()));
        ObjectSync left = Scenario.object(report, "ConfigMap", "foreign");
        assertThat(left.action()).isEqualTo(ObjectSync.Action.skipped);
        assertThat(left.message()).contains("the namespace " + other.name() + " is not allowed");
        assertThat(other.exists("configmap/foreign")).isTrue();
    }

    @Test
    void whatAnApplicationLeftInANamespaceOutsideIsNotToldOf(TestNamespace other) {
        scenario.file("settings.yaml", SETTINGS);
        String own = scenario.namespace().name();
        scenario.destination(other.name());
        assertThat(scenario.sync().result()).isEqualTo(SyncReport.Result.Succeeded);
        scenario.destination(own);

        SyncReport all = sync(Permissions.ALL);
        scenario.namespace().kubectl("delete", "configmap", "-l", "applyset.kubernetes.io/id");
        SyncReport limited = sync(new Permissions(List.of(own), List.of()));

        assertThat(all.warnings()).anyMatch(warning -> warning.contains(other.name()));
        assertThat(limited.warnings()).noneMatch(warning -> warning.contains(other.name()));
        assertThat(other.exists("configmap/settings")).isTrue();
    }

    @Test
    void anInventoryOutsideIsRefused() {
        scenario.file("settings.yaml", SETTINGS);
        SyncReport report = sync(new Permissions(List.of("elsewhere"), List.of()));
        assertThat(report.message()).contains("the inventory of shop");
    }
}
