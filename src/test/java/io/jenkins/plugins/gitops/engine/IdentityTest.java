package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.Observations;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import io.jenkins.plugins.gitops.engine.sync.SyncListener;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The UUID says which application it is, whatever its name (SEMANTICS 1). */
@WithCluster
class IdentityTest {
    private Scenario shop;
    private TestNamespace namespace;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        shop = new Scenario(namespace, folder);
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.file("a.yaml", configMap("a")).file("b.yaml", configMap("b"));
        assertThat(shop.sync().message()).isEmpty();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aRenamedApplicationKeepsItsInventoryAndItsObjects() {
        String version = namespace.read("configmap/a", "{.metadata.resourceVersion}");
        String parent = parents();

        shop.as(shop.application().uuid(), "store");

        DriftReport drift = shop.diff();
        assertThat(drift.verdict()).isEqualTo(ApplicationVerdict.InSync);
        assertThat(drift.warnings()).isEmpty();
        assertThat(namespace.read("configmap/a", "{.metadata.resourceVersion}"))
                .as("a rename writes no object")
                .isEqualTo(version);
        shop.without("b.yaml").file("c.yaml", configMap("c"));
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(object(report, "ConfigMap", "b").action()).isEqualTo(Action.pruned);
        assertThat(parents()).as("one inventory, the first").isEqualTo(parent);
        assertThat(namespace.read(parent, "{.metadata.annotations.gitops\\.jenkins\\.io/application}"))
                .as("people read the new name")
                .isEqualTo("store");
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
    }

    @Test
    void aCopyOfTheSameNameIsAnotherApplicationAndTakesNothing() {
        shop.as(UUID.randomUUID(), "shop");
        SyncReport report = shop.sync();
        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(report.objects()).extracting(ObjectSync::action).containsOnly(Action.failed);
        assertThat(object(report, "ConfigMap", "a").message()).contains("belongs to application shop");
    }

    @Test
    void aChangedDestinationLeavesTheOldObjectsAndSaysWhereTheyAre(TestNamespace other) {
        Application moved = shop.application().withDestination(new Destination("", other.name()));
        DriftReport before = shop.reconciler().diff(moved, shop.tree(), Observations.EMPTY);
        assertThat(before.objects()).allMatch(object -> object.verdict() == Verdict.Missing);
        assertThat(before.warnings())
                .singleElement()
                .asString()
                .contains("destination was the namespace " + namespace.name())
                .contains("left alone");

        SyncReport report = shop.reconciler().sync(moved, shop.tree(), SyncOptions.DEFAULT, SyncListener.SILENT);

        assertThat(report.result()).isEqualTo(Result.Succeeded);
        assertThat(other.exists("configmap/a")).isTrue();
        assertThat(namespace.exists("configmap/a")).isTrue();
    }

    @Test
    void theOldObjectsArePrunedByASyncToNothingAtTheOldDestination(@TempDir Path nothing) {
        SyncPolicy allowEmpty = SyncPolicy.DEFAULT.toBuilder()
                .prune(true)
                .allowEmpty(true)
                .timeout(Duration.ofSeconds(30))
                .build();
        Application old = shop.application().withSync(allowEmpty).withSource(Source.of("", "", ""));

        SyncReport report = shop.reconciler()
                .sync(
                        old,
                        new io.jenkins.plugins.gitops.engine.model.SourceTree(nothing, ""),
                        SyncOptions.DEFAULT,
                        SyncListener.SILENT);

        assertThat(report.message()).isEmpty();
        assertThat(namespace.exists("configmap/a")).isFalse();
        Application moved = shop.application().withDestination(new Destination("", "default"));
        assertThat(shop.reconciler()
                        .diff(moved, shop.tree(), Observations.EMPTY)
                        .warnings())
                .isEmpty();
    }

    @Test
    void aHardRefreshAsksAgainWhatTheClusterServes() {
        String group = namespace.name() + ".example.com";
        Reconciler reconciler = shop.reconciler();
        namespace.kubectlWithInput("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
                """.formatted(group), "create", "-f", "-");
        try {
            namespace.kubectl("wait", "--for=condition=Established", "crd/widgets." + group);
            shop.file("widget.yaml", """
                    apiVersion: %s/v1
                    kind: Widget
                    metadata: {name: one}
                    """.formatted(group));
            assertThatThrownBy(() -> reconciler.diff(shop.application(), shop.tree(), Observations.EMPTY))
                    .isInstanceOf(InvalidInputException.class);
            namespace.await("the new kind is served", Duration.ofSeconds(20), () -> {
                reconciler.refresh();
                try {
                    return object(reconciler.diff(shop.application(), shop.tree(), Observations.EMPTY), "Widget", "one")
                                    .verdict()
                            == Verdict.Missing;
                } catch (InvalidInputException notYet) {
                    return false;
                }
            });
        } finally {
            namespace.kubectl("delete", "crd", "widgets." + group);
        }
    }

    private String parents() {
        return namespace.kubectl("get", "configmap", "-l", "applyset.kubernetes.io/id", "-o", "name");
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }
}
