package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An aggregated API whose server does not answer takes its own kinds along, and nothing else. */
@WithCluster
class DiscoveryFaultsTest {
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {a: b}
            """;

    private Scenario shop;
    private TestNamespace namespace;
    private String group;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        group = namespace.name() + ".example.com";
        namespace.kubectlWithInput("""
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v1.%1$s}
                spec:
                  group: %1$s
                  version: v1
                  groupPriorityMinimum: 100
                  versionPriority: 100
                  insecureSkipTLSVerify: true
                  service: {name: nobody, namespace: %2$s}
                """.formatted(group, namespace.name()), "apply", "-f", "-");
        namespace.await(
                "the group is served by nobody",
                Duration.ofSeconds(30),
                () -> namespace
                        .kubectl("get", "--raw", "/apis") // the plain document: the aggregated one needs a header
                        .contains(group));
        shop = new Scenario(namespace, folder).file("settings.yaml", SETTINGS);
        shop.policy(policy -> policy.withAwaitHealth(false));
    }

    @AfterEach
    void close() {
        shop.close();
        namespace.kubectl("delete", "apiservice", "v1." + group);
    }

    @Test
    void theOthersAreComparedAndSynced() {
        SyncReport report = shop.sync();
        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.created);
        assertThat(report.message()).isEmpty();
        assertThat(object(shop.diff(), "ConfigMap", "settings").verdict()).isEqualTo(Verdict.InSync);
    }

    @Test
    void anObjectOfTheSilentGroupIsUnknownAndTheOthersGo() {
        shop.file("widget.yaml", """
                apiVersion: %s/v1
                kind: Widget
                metadata: {name: one}
                """.formatted(group));

        DriftReport drift = shop.diff();

        assertThat(object(drift, "Widget", "one").verdict())
                .as(ReportJson.pretty(drift))
                .isEqualTo(Verdict.Unknown);
        assertThat(object(drift, "Widget", "one").message()).contains("API server of " + group + " does not answer");
        SyncReport report = shop.sync();
        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.created);
        assertThat(object(report, "Widget", "one").action()).isEqualTo(Action.failed);
    }

    @Test
    void aKindThatTheInventoryRecordsStaysRecordedWhileItsServerIsSilent() {
        shop.sync();
        String kinds = "applyset.kubernetes.io/contains-group-kinds";
        String parent = namespace.kubectl("get", "configmap", "-l", "applyset.kubernetes.io/id", "-o", "name");
        namespace.kubectl("annotate", parent, kinds + "=ConfigMap,Widget." + group, "--overwrite");
        shop.without("settings.yaml").file("other.yaml", SETTINGS.replace("settings", "other"));

        SyncReport report = shop.sync();

        assertThat(object(report, "ConfigMap", "settings").action()).isEqualTo(Action.pruned);
        assertThat(report.warnings()).singleElement().asString().contains("Widget." + group);
        assertThat(namespace.read(parent, "{.metadata.annotations.applyset\\.kubernetes\\.io/contains-group-kinds}"))
                .contains("Widget." + group);
    }

    @Test
    void anUnknownKindOfAnotherGroupIsStillAnErrorOfTheManifest() {
        shop.file("widget.yaml", """
                apiVersion: other.%s/v1
                kind: Widget
                metadata: {name: one}
                """.formatted(group));
        assertThatThrownBy(shop::diff).isInstanceOf(InvalidInputException.class).hasMessageContaining("no kind Widget");
    }
}
