package io.jenkins.plugins.gitops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a comparison asks of the API server when nothing changed. */
@WithCluster
class UnchangedObjectsTest {
    private FaultyApiServer server;
    private TestNamespace namespace;
    private Scenario shop;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder, @TempDir Path users) throws IOException {
        this.namespace = namespace;
        server = new FaultyApiServer(namespace.kubeconfig());
        shop = new Scenario(namespace, folder, server.kubeconfig(users.resolve("counted")));
        shop.policy(policy -> policy.withAwaitHealth(false));
    }

    @AfterEach
    void close() {
        shop.close();
        server.close();
    }

    @Test
    void anObjectThatIsAsItWasAppliedTakesNoRequestOfItsOwn() {
        shop.file("config.yaml", each(25, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: config-%d, labels: {app: shop}, annotations: {a: b}}
                data: {level: "1", text: "two\\nlines"}
                """)).file("web.yaml", each(25, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web-%d}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                        - name: web
                          image: nginx:1.27
                          args: [--port, "8080"]
                          ports: [{containerPort: 80}]
                          resources: {limits: {cpu: 500m, memory: 128Mi}}
                """));
        shop.sync();
        assertThat(dryRunsOf(shop::diff)).isEmpty();
        assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.InSync);
        assertThat(dryRunsOf(shop::sync))
                .as("a sync's pre-flight is the same comparison")
                .isEmpty();

        namespace.kubectl("patch", "configmap/config-3", "--type=merge", "-p", "{\"data\":{\"level\":\"2\"}}");
        namespace.kubectl("annotate", "configmap/config-4", "note=somebody's own");
        assertThat(dryRunsOf(() -> assertThat(shop.diff().verdict()).isEqualTo(ApplicationVerdict.OutOfSync)))
                .as("one for the object that differs")
                .singleElement()
                .asString()
                .contains("/configmaps/config-3?");
    }

    @Test
    void whatADryRunFoundUnchangedIsNotAskedAgainUntilTheObjectOrGitChanges() {
        shop.file("web.yaml", deployment("\"0.5\""));
        shop.sync();
        assertThat(dryRunsOf(shop::diff)).as("the server spells 0.5 as 500m").hasSize(1);
        assertThat(dryRunsOf(shop::diff)).as("known").isEmpty();

        namespace.kubectl("annotate", "deployment/web", "note=x");
        assertThat(dryRunsOf(shop::diff)).as("the object changed").hasSize(1);
        shop.file("web.yaml", deployment("\"0.50\""));
        assertThat(dryRunsOf(shop::diff)).as("Git changed").hasSize(1);
        assertThat(dryRunsOf(shop::diff)).as("known").isEmpty();
        shop.reconciler().refresh();
        assertThat(dryRunsOf(shop::diff)).as("a hard refresh").hasSize(1);
    }

    @Test
    void aFieldThatLeftGitTakesADryRun() {
        shop.file("config.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: config}, data: {a: '1', b: '2'}}");
        shop.sync();
        shop.file("config.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: config}, data: {a: '1'}}");
        DriftReport report = shop.diff();
        assertThat(Scenario.object(report, "ConfigMap", "config").verdict()).isEqualTo(Verdict.Drifted);
        SyncReport sync = shop.sync();
        assertThat(sync.result()).isEqualTo(SyncReport.Result.Succeeded);
        assertThat(dryRunsOf(shop::diff)).isEmpty();
    }

    private List<String> dryRunsOf(Runnable action) {
        int before = server.requests().size();
        action.run();
        List<String> all = server.requests();
        return all.subList(before, all.size()).stream()
                .filter(request -> request.contains("dryRun=All"))
                .toList();
    }

    private static String each(int count, String manifest) {
        return IntStream.range(0, count).mapToObj(manifest::formatted).collect(Collectors.joining("---\n"));
    }

    private static String deployment(String cpu) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                        - {name: web, image: "nginx:1.27", resources: {limits: {cpu: %s}}}
                """.formatted(cpu);
    }
}
