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

/** {@code gitops delete} on a real API server. */
@WithCluster
class DeleteCommandTest {
    private TestNamespace namespace;
    private Cli cli;

    @BeforeEach
    void open(TestNamespace namespace, @TempDir Path folder) throws IOException {
        this.namespace = namespace;
        this.cli = new Cli(folder, namespace);
        Files.createDirectories(folder.resolve("deploy"));
        Files.writeString(
                folder.resolve("deploy/settings.yaml"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}");
        Files.writeString(
                folder.resolve("deploy/hook.yaml"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: before, annotations: {argocd.argoproj.io/hook: PreDelete}}}");
        assertThat(run("sync").exitCode()).isZero();
    }

    @Test
    void whatIsNotConfirmedIsNotDeleted() {
        Cli.Result result = run("delete");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("--yes");
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void onATerminalTheNameIsTyped() {
        cli.onTerminal();
        assertThat(cli.input("shopp\n")
                        .run(Cli.application("delete", namespace, "deploy"))
                        .exitCode())
                .isEqualTo(4);
        assertThat(namespace.exists("configmap/settings")).isTrue();
        Cli.Result result = cli.input("shop\n").run(Cli.application("delete", namespace, "deploy"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("Type the application's name");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void theLastSyncedSetKnowsTheHooksAlsoWhenTheSourceIsGone() throws IOException {
        Files.delete(cli.folder().resolve("deploy/settings.yaml"));
        Files.delete(cli.folder().resolve("deploy/hook.yaml"));
        Files.delete(cli.folder().resolve("deploy"));

        Cli.Result result = cli.run("delete", "--name", "shop", "--namespace", namespace.name(), "--yes", "-o", "json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().path("objects").findValuesAsText("phase")).containsExactly("PreDelete", "Delete");
        assertThat(namespace.kubectl("get", "configmaps", "-o", "name")).isEqualTo("configmap/kube-root-ca.crt");
        assertThat(cli.run("delete", "--name", "shop", "--namespace", namespace.name(), "--yes")
                        .err())
                .contains("deleted already");
    }

    @Test
    void anApplicationWithAUidOfItsOwnIsFoundByItsName() throws IOException {
        assertThat(run("delete", "--yes").exitCode()).isZero();
        Files.writeString(cli.folder().resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop, uid: 123e4567-e89b-12d3-a456-426614174000}
                spec: {source: {repository: ./deploy}, destination: {namespace: %s}}
                """.formatted(namespace.name()));
        assertThat(cli.run("sync", "--app", "gitops.yaml").exitCode()).isZero();
        assertThat(namespace.exists("configmap/settings")).isTrue();

        Cli.Result result = cli.run("delete", "--name", "shop", "--namespace", namespace.name(), "--yes");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    private Cli.Result run(String command, String... more) {
        return cli.run(Cli.application(command, namespace, "deploy", more));
    }
}
