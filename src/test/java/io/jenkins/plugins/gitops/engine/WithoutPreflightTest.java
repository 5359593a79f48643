package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync that does not ask first whether the cluster takes what is new. */
@WithCluster
class WithoutPreflightTest {
    private static final SyncOptions WITHOUT = SyncOptions.DEFAULT.withPreflight(false);

    private TestNamespace namespace;
    private FaultyApiServer server;
    private Scenario shop;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("counted")));
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("a.yaml", configMap("a", ""));
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void whatIsNewIsWrittenWithoutADryRun() {
        shop.file("hook.yaml", configMap("before", "argocd.argoproj.io/hook: PreSync"));

        SyncReport report = shop.sync(WITHOUT, SyncListener.SILENT);

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(dryRuns()).isEmpty();
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void whatIsThereIsComparedByADryRun() {
        shop.sync();
        namespace.kubectl("label", "configmap/a", "by=hand");
        namespace.kubectl("patch", "configmap/a", "--type=merge", "-p", "{\"data\":{\"level\":\"9\"}}");

        SyncReport report = shop.sync(WITHOUT, SyncListener.SILENT);

        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.configured);
        assertThat(namespace.read("configmap/a", "{.data.level}")).isEqualTo("1");
    }

    @Test
    void whatTheClusterDoesNotTakeFailsAmongTheOthersAndNoLaterWaveBegins() {
        shop.file("bad.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: bad}
                spec: {ports: [{port: 99999}]}
                """).file("later.yaml", configMap("later", "argocd.argoproj.io/sync-wave: \"1\""));

        SyncReport report = shop.sync(WITHOUT, SyncListener.SILENT);

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(object(report, "Service", "bad").action()).isEqualTo(Action.failed);
        assertThat(object(report, "ConfigMap", "later").action()).isEqualTo(Action.skipped);
    }

    @Test
    void anInstanceIsWrittenAfterTheChangeOfItsDefinition() {
        String group = "unasked" + Math.abs(namespace.name().hashCode()) + ".example.com";
        shop.file("crd.yaml", definition(group, "{type: object, properties: {}}"));
        shop.sync();
        shop.file("crd.yaml", definition(group, "{type: object, properties: {size: {type: integer}}}"))
                .file("one.yaml", """
                        apiVersion: %s/v1
                        kind: Widget
                        metadata: {name: one}
                        spec: {size: 3}
                        """.formatted(group));

        int before = server.requests().size();

        SyncReport report = shop.sync(WITHOUT, SyncListener.SILENT);

        assertThat(report.result()).as(ReportJson.pretty(report)).isEqualTo(Result.Succeeded);
        assertThat(server.requests().stream()
                        .skip(before)
                        .filter(request -> request.startsWith("PATCH") && !request.contains("dryRun"))
                        .findFirst())
                .as("before the inventory and all else")
                .hasValueSatisfying(first -> assertThat(first).contains("/customresourcedefinitions/"));
        assertThat(namespace.read("widgets." + group + "/one", "{.spec.size}")).isEqualTo("3");
        namespace.kubectl("delete", "crd/widgets." + group, "--wait=false");
    }

    @Test
    void aDryRunAsksEvenSo() {
        shop.sync(new SyncOptions(true).withPreflight(false), SyncListener.SILENT);

        assertThat(dryRuns()).singleElement().asString().contains("/configmaps/a?");
    }

    private List<String> dryRuns() {
        return server.requests().stream()
                .filter(request -> request.contains("dryRun=All"))
                .toList();
    }

    private static String configMap(String name, String annotation) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {%s}}
                data: {level: "1"}
                """.formatted(name, annotation);
    }

    private static String definition(String group, String spec) {
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
                    schema: {openAPIV3Schema: {type: object, properties: {spec: %s}}}
                """.formatted(group, group, spec);
    }
}
