package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.LabelSelector;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync of some objects says and does nothing about the others, and forgets none (SEMANTICS 7). */
@WithCluster
class SelectiveSyncTest {
    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
        shop.file("a.yaml", configMap("a")).file("b.yaml", configMap("b")).file("service.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web, labels: {tier: front}}
                spec: {ports: [{port: 80}]}
                """);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void onlyWhatIsNamedIsWrittenAndTheReportIsPartial() {
        SyncReport report = only("ConfigMap " + namespace.name() + "/a");

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(report.partial()).isTrue();
        assertThat(object(report, "ConfigMap", "a").action()).isEqualTo(Action.created);
        assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.skipped);
        assertThat(object(report, "ConfigMap", "b").message()).isEqualTo("not selected");
        assertThat(namespace.exists("configmap/b")).isFalse();
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.OutOfSync);
        assertThat(shop.sync().partial()).isFalse();
    }

    @Test
    void aSelectorSelectsByLabel() {
        Selection front = new Selection(List.of(), Optional.of(LabelSelector.parse("--selector", "tier=front")));

        SyncReport report = shop.sync(SyncOptions.DEFAULT.withSelection(front), SyncListener.SILENT);

        assertThat(report.partial()).isTrue();
        assertThat(namespace.exists("service/web")).isTrue();
        assertThat(namespace.exists("configmap/a")).isFalse();
    }

    @Test
    void whatIsNotSelectedIsNeitherPrunedNorForgotten() {
        shop.sync();
        shop.without("service.yaml").without("b.yaml");

        SyncReport report = only(":ConfigMap:*");

        assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.pruned);
        assertThat(namespace.exists("service/web")).isTrue();
        assertThat(object(shop.sync(), "Service", "web").action())
                .as("still known")
                .isEqualTo(Action.pruned);
    }

    @Test
    void aSelectionOfNothingIsAnErrorOfTheOneWhoSelected() {
        assertThatThrownBy(() -> only("ConfigMap " + namespace.name() + "/typo"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no object that ConfigMap " + namespace.name() + "/typo selects");
    }

    private SyncReport only(String key) {
        Selection selection = new Selection(List.of(KeyPattern.parse("--only", key)), Optional.empty());
        return shop.sync(SyncOptions.DEFAULT.withSelection(selection), SyncListener.SILENT);
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }
}
