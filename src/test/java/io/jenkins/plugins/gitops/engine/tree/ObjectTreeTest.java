package io.jenkins.plugins.gitops.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.Scenario;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.TreeNode;
import io.jenkins.plugins.gitops.engine.report.TreeReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real controllers make the ReplicaSets, Jobs and Pods; no kubelet runs these, so that a test says what became of them. */
@WithCluster
class ObjectTreeTest {
    private static String template(String behaviour, String more) {
        return "{metadata: {labels: {app: web}, annotations: {testcluster.gitops.jenkins.io/behaviour: " + behaviour
                + "}}, spec: {containers: [{name: app, image: web}]" + more + "}}";
    }

    private TestNamespace namespace;
    private Scenario scenario;

    @BeforeEach
    void scenario(TestNamespace namespace, @TempDir Path folder) {
        this.namespace = namespace;
        this.scenario = new Scenario(namespace, folder).policy(policy -> policy.withAwaitHealth(false));
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void aDeploymentIsExplainedByItsPodThatCrashes() {
        scenario.file("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: %s}
                """.formatted(template("crash-loop", "")));
        scenario.sync();
        String pod = pod("{.status.containerStatuses[0].state.waiting.reason}", "CrashLoopBackOff");

        TreeReport report = tree();

        TreeNode web = report.objects().getFirst();
        assertThat(report.health()).isEqualTo(HealthStatus.Progressing);
        assertThat(web.owned()).singleElement().extracting(TreeNode::kind).isEqualTo("ReplicaSet");
        assertThat(web.owned().getFirst().owned()).singleElement().satisfies(leaf -> {
            assertThat(leaf.name()).isEqualTo(pod);
            assertThat(leaf.health()).isEqualTo(HealthStatus.Degraded);
        });
        assertThat(web.reason().name()).isEqualTo(pod);
        assertThat(web.explained())
                .contains("; Pod " + namespace.name() + "/" + pod + ": container app: CrashLoopBackOff")
                .contains("exit code 1");
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void aPodIsExplainedByTheWarningAboutIt() {
        scenario.file("batch.yaml", """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: import}
                spec: {template: %s}
                """.formatted(template("stuck", ", restartPolicy: Never")));
        scenario.sync();
        String pod = pod("{.status.phase}", "Running");
        namespace.kubectlWithInput(
                """
                apiVersion: v1
                kind: Event
                metadata: {name: e1}
                involvedObject: {kind: Pod, name: %s, namespace: %s, uid: %s, apiVersion: v1}
                type: Warning
                reason: FailedMount
                message: configmap "settings" not found
                lastTimestamp: "2026-01-01T00:00:00Z"
                """.formatted(pod, namespace.name(), namespace.read("pod/" + pod, "{.metadata.uid}")),
                "create",
                "-f",
                "-");

        TreeNode job = tree().objects().getFirst();

        assertThat(job.health()).isEqualTo(HealthStatus.Progressing);
        assertThat(job.reason().kind()).isEqualTo("Pod");
        assertThat(job.reason().message()).isEqualTo("FailedMount: configmap \"settings\" not found");
    }

    @Test
    void anObjectThatIsNotThereHasNoTree() {
        scenario.file("settings.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}");

        TreeReport report = tree();

        assertThat(report.health()).isEqualTo(HealthStatus.Missing);
        assertThat(report.objects()).singleElement().satisfies(node -> {
            assertThat(node.health()).isEqualTo(HealthStatus.Missing);
            assertThat(node.owned()).isEmpty();
        });
    }

    private String pod(String jsonPath, String expected) {
        namespace.await(
                "a pod that is " + expected,
                Duration.ofSeconds(30),
                () -> namespace
                        .kubectl("get", "pods", "-o", "jsonpath={range .items[*]}" + jsonPath + "{end}")
                        .equals(expected));
        return namespace.kubectl("get", "pods", "-o", "jsonpath={.items[0].metadata.name}");
    }

    private TreeReport tree() {
        return scenario.reconciler()
                .compare(
                        scenario.application(),
                        "",
                        scenario.reconciler().render(scenario.application(), scenario.tree()))
                .tree();
    }
}
