package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster can do to a person, and what the person reads then: a message to act on, and the right exit code. */
@WithCluster
class FaultMessagesTest {
    @TempDir
    private Path folder;

    private TestNamespace namespace;
    private Cli cli;

    @BeforeEach
    void application(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        cli = new Cli(folder, namespace);
        Files.createDirectory(folder.resolve("deploy"));
        write("settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                """);
    }

    @Test
    void anUnreachableClusterEndsWith3AndNamesItsAddress() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: gone
                clusters: [{name: gone, cluster: {server: "https://127.0.0.1:9"}}]
                users: [{name: gone, user: {token: nothing}}]
                contexts: [{name: gone, context: {cluster: gone, user: gone}}]
                """);
        Cli.Result text = new Cli(folder).kubeconfig(kubeconfig).run(application("diff"));
        Cli.Result json = new Cli(folder).kubeconfig(kubeconfig).run(application("sync", "-o", "json"));

        assertThat(text.exitCode()).isEqualTo(3);
        assertThat(text.err()).contains("https://127.0.0.1:9").doesNotContain("\tat ");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json.json().at("/error/exitCode").intValue()).isEqualTo(3);
    }

    @Test
    void credentialsThatAreRefusedEndWith3() {
        Path kubeconfig = namespace.kubeconfigWithToken(folder.resolve("kubeconfig"), "nonsense");

        Cli.Result result = new Cli(folder).kubeconfig(kubeconfig).run(application("diff"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("401");
    }

    @Test
    void aKubeconfigOrAContextThatIsNotThereEndsWith2() {
        Cli.Result file = new Cli(folder).kubeconfig(folder.resolve("nowhere")).run(application("diff"));
        Cli.Result context = cli.run(application("diff", "--context", "nowhere"));

        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("nowhere");
        assertThat(context.exitCode()).isEqualTo(2);
        assertThat(context.err()).contains("nowhere");
    }

    @Test
    void aForbiddenKindFailsAloneAndTheReportSaysWhatIsMissing() throws IOException {
        write("service.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """);
        namespace.kubectl("create", "serviceaccount", "deployer");
        namespace.kubectl("create", "role", "deployer", "--verb=*", "--resource=configmaps,leases.coordination.k8s.io");
        namespace.kubectl(
                "create",
                "rolebinding",
                "deployer",
                "--role=deployer",
                "--serviceaccount=" + namespace.name() + ":deployer");
        String token = namespace.kubectl("create", "token", "deployer");
        Path kubeconfig = namespace.kubeconfigWithToken(folder.resolve("kubeconfig"), token);

        Cli.Result result = new Cli(folder).kubeconfig(kubeconfig).run(application("sync"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("created +ConfigMap " + namespace.name() + "/settings")
                .containsPattern("failed +Service " + namespace.name() + "/web")
                .contains("forbidden");
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void aRejectedObjectMeansThatNothingIsWrittenAndNamesItsFileAndLine() throws IOException {
        write("service.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 123456}]}
                """);
        Cli.Result result = cli.run(application("sync"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("spec.ports[0].port").contains("service.yaml:1");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void anUnknownKindAndAWrongVersionEndWith2AndNameFileAndLine() throws IOException {
        write("bad.yaml", """
                apiVersion: v1
                kind: ConfigMapp
                metadata: {name: bad}
                ---
                apiVersion: extensions/v1beta1
                kind: Deployment
                metadata: {name: old}
                """);
        Cli.Result result = cli.run(application("diff", "-o", "json"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.json().at("/error/problems").findValuesAsText("where"))
                .contains("bad.yaml:1", "bad.yaml:5");
        assertThat(result.err()).contains("ConfigMapp").contains("apps/v1");
    }

    private String[] application(String command, String... more) {
        return Cli.application(command, namespace, "deploy", more);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve("deploy").resolve(file), text);
    }
}
