package io.jenkins.plugins.gitops.engine;

import static io.jenkins.plugins.gitops.engine.Scenario.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectSync.Action;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory is wide enough before the first apply and narrowed after the last prune, wherever a sync is cut (SEMANTICS 3). */
@WithCluster
class InterruptedInventoryTest {
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            """;
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            """;

    private Scenario shop;
    private TestNamespace namespace;
    private FaultyApiServer server;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("faulty")));
        shop.file("settings.yaml", SETTINGS).file("service.yaml", SERVICE);
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void aFirstSyncThatIsCutBeforeItsFirstObjectHasRecordedAllThatIsToCome() {
        server.cut("PATCH .*/(services/web|configmaps/settings)[^&]*&force=true");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(namespace.exists("service/web")).isFalse();
        assertThat(recorded()).isEqualTo("ConfigMap,Service");
        server.heal();
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
    }

    @Test
    void theInventoryIsWidenedBeforeTheFirstApply() {
        shop.sync();
        List<String> writes = writes(0);
        assertThat(writes.getFirst()).contains("/configmaps/gitops-shop-");
        // The last write notes that a sync succeeded.
        assertThat(writes).hasSize(4).last().asString().contains("/configmaps/gitops-shop-");
    }

    @Test
    void aPruneThatIsCutLeavesTheInventoryWide() {
        shop.sync();
        shop.without("service.yaml");
        server.cut("DELETE .*");

        SyncReport report = shop.sync();

        assertThat(report.result()).isEqualTo(Result.Failed);
        assertThat(recorded()).isEqualTo("ConfigMap,Service");
        server.heal();
        assertThat(object(shop.diff(), "Service", "web").verdict()).isEqualTo(Verdict.Extra);
        int before = server.requests().size();
        assertThat(object(shop.sync(), "Service", "web").action()).isEqualTo(Action.pruned);
        assertThat(recorded()).isEqualTo("ConfigMap");
        List<String> writes = writes(before);
        assertThat(writes.getFirst()).startsWith("DELETE").contains("/services/web");
        assertThat(writes.getLast()).startsWith("PATCH").contains("/configmaps/gitops-shop-");
    }

    @Test
    void aSyncThatDoesNotWaitLeavesTheNarrowingToTheNextOne() {
        shop.policy(policy -> policy.withAwaitHealth(false));
        shop.sync();
        shop.without("service.yaml");

        shop.sync();

        assertThat(recorded()).isEqualTo("ConfigMap,Service");
        namespace.await("the Service is gone", Duration.ofSeconds(20), () -> !namespace.exists("service/web"));
        shop.sync();
        assertThat(recorded()).isEqualTo("ConfigMap");
    }

    @Test
    void aNewKindIsRecordedBesideTheOldBeforeItIsAppliedAndTheOldOnlyForgottenWhenItIsGone() {
        shop.sync();
        shop.without("service.yaml").file("account.yaml", """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: runner}
                """);
        server.answer(
                "PATCH .*/serviceaccounts/runner[^&]*&force=true", 500, "InternalError", "an error on the server");

        SyncReport report = shop.sync();

        assertThat(object(report, "ServiceAccount", "runner").action()).isEqualTo(Action.failed);
        assertThat(recorded()).isEqualTo("ConfigMap,Service,ServiceAccount");
        server.heal();
        assertThat(shop.sync().result()).isEqualTo(Result.Succeeded);
        assertThat(recorded()).isEqualTo("ConfigMap,ServiceAccount");
    }

    /** All that changed something but the lock, in order, without the first so many requests. */
    private List<String> writes(int skipped) {
        return server.requests().stream()
                .skip(skipped)
                .filter(request -> !request.startsWith("GET"))
                .filter(request -> !request.contains("dryRun") && !request.contains("/leases"))
                .toList();
    }

    private String recorded() {
        return namespace.kubectl(
                "get",
                "configmap",
                "-l",
                "applyset.kubernetes.io/id",
                "-o",
                "jsonpath={.items[0].metadata.annotations.applyset\\.kubernetes\\.io/contains-group-kinds}");
    }
}
