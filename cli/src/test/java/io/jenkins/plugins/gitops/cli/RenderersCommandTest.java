package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.cli.git.TestRepository;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.helm.HelmCorpus;
import io.jenkins.plugins.gitops.engine.render.kustomize.KustomizeCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts and kustomizations through every command, to a real API server. */
@WithCluster
class RenderersCommandTest {
    @TempDir
    Path folder;

    @Test
    void aKustomizationIsSyncedAndThenInSync(TestNamespace namespace) throws IOException {
        KustomizeCorpus.copy("overlays", folder.resolve("shop"));
        application(namespace, """
                {repository: ./shop, path: production, kustomize: {namespace: NAMESPACE, images: ["nginx=example.com/nginx:1"],
                replicas: [{name: frontend, count: 3}]}}""");
        Cli cli = new Cli(folder, namespace);

        JsonNode plan = run(cli, 0, "plan");
        assertThat(plan.at("/tasks").findValuesAsText("origin")).contains("../base/frontend/deployment.yaml:2");
        run(cli, 0, "sync", "--no-wait");
        assertThat(run(cli, 0, "diff").path("verdict").asText()).isEqualTo("InSync");
        assertThat(namespace.kubectl("get", "deployment", "prod-frontend", "-o", "jsonpath={.spec.replicas} {..image}"))
                .contains("3 example.com/nginx:1");
    }

    @Test
    void aChartIsSyncedForTheVersionOfTheCluster(TestNamespace namespace) throws IOException {
        HelmCorpus.copy("umbrella", folder.resolve("charts"));
        Path template = folder.resolve("charts/platform/templates/version.yaml");
        Files.writeString(template, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: asked}
                data:
                  version: {{ .Capabilities.KubeVersion.Version | quote }}
                  ingress: {{ .Capabilities.APIVersions.Has "networking.k8s.io/v1/Ingress" | quote }}
                  review: {{ .Capabilities.APIVersions.Has "authentication.k8s.io/v1" | quote }}
                  monitor: {{ .Capabilities.APIVersions.Has "monitoring.example.com/v1" | quote }}
                """);
        Files.createDirectories(folder.resolve("values"));
        Files.writeString(folder.resolve("values/shop.yaml"), "global: {environment: elsewhere}\n");
        Files.writeString(folder.resolve("gitops.yaml"), """
                apiVersion: gitops.jenkins.io/v1
                kind: Application
                metadata: {name: shop}
                spec:
                  sources:
                  - repository: ./charts
                    path: platform
                    helm: {valueFiles: [$values/shop.yaml], parameters: [{name: reporter.enabled, value: "true"}]}
                  - {repository: ./values, ref: values}
                  destination: {namespace: NAMESPACE}
                """.replace("NAMESPACE", namespace.name()));
        Cli cli = new Cli(folder, namespace);

        run(cli, 0, "sync", "--no-wait");
        assertThat(run(cli, 0, "diff").path("verdict").asText()).isEqualTo("InSync");
        assertThat(namespace.kubectl("get", "configmap", "asked", "-o", "jsonpath={.data}"))
                .contains(
                        "\"version\":\"v1.37.2\"",
                        "\"ingress\":\"true\"",
                        "\"review\":\"true\"",
                        "\"monitor\":\"false\"");
        assertThat(namespace.kubectl("get", "configmap", "shop-settings", "-o", "jsonpath={.data.environment}"))
                .isEqualTo("elsewhere");
        assertThat(namespace.kubectl("get", "cronjobs", "-o", "name").lines()).hasSize(2);

        Cli.Result hit = cli.run("render", "--app", "gitops.yaml", "--with-cluster", "--explain", "--helm", helm());
        assertThat(hit.err()).contains("platform: hit: ");
        Files.writeString(folder.resolve("values/shop.yaml"), "global: {environment: changed}\n");
        Cli.Result miss = cli.run("render", "--app", "gitops.yaml", "--with-cluster", "--explain", "--helm", helm());
        assertThat(miss.err()).contains("platform: miss: $values/shop.yaml changed");
        JsonNode drift = run(cli, 1, "diff");
        assertThat(drift.toString()).contains("/data/environment").contains("templates/settings.yaml:1");
    }

    /** The engine's own test has two hundred; here each is a process's work, and the revision is fetched from Git. */
    @Test
    void afterACommitThatTouchesOneApplicationOfAMonorepoThatOneIsRenderedAndNoOther() {
        List<String> names = List.of("a", "b", "c", "d");
        try (TestRepository monorepo = new TestRepository(folder.resolve("monorepo"))) {
            monorepo.write("base/kustomization.yaml", "configMapGenerator: [{name: all, literals: [k=v]}]\n");
            for (String name : names) {
                monorepo.write("apps/" + name + "/kustomization.yaml", "resources: [../../base]\nnamePrefix: x-\n");
            }
            monorepo.commit("all");
            assertThat(explanations(monorepo, names)).allMatch(said -> said.contains(": miss: "));

            monorepo.write("apps/c/kustomization.yaml", "resources: [../../base]\nnamePrefix: y-\n");
            monorepo.commit("c alone");

            List<String> after = explanations(monorepo, names);
            assertThat(after.get(2)).contains("apps/c: miss: apps/c/kustomization.yaml changed");
            assertThat(after).filteredOn(said -> said.contains(": hit: ")).hasSize(names.size() - 1);
        }
    }

    private List<String> explanations(TestRepository repository, List<String> names) {
        return names.stream()
                .map(name -> new Cli(folder)
                        .run(
                                "render",
                                "--source",
                                repository.url(),
                                "--path",
                                "apps/" + name,
                                "--name",
                                name,
                                "--namespace",
                                name,
                                "--explain",
                                "--kustomize",
                                TestTools.binary("kustomize").toString())
                        .err())
                .toList();
    }

    @Test
    void anOperatorsChartRendersWithoutACluster() throws IOException {
        HelmCorpus.copy("operator", folder.resolve("charts"));

        Cli.Result result = new Cli(folder)
                .run(Cli.application("render", null, "charts", "--path", "operator", "--helm", helm(), "-o", "json"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json().findValuesAsText("kind")).contains("PodDisruptionBudget", "Job", "Pod");
    }

    @Test
    void anErrorOfATemplateEndsWith2AndItsPlace(TestNamespace namespace) throws IOException {
        HelmCorpus.copy("umbrella", folder.resolve("charts"));
        application(
                namespace,
                "{repository: ./charts, path: platform, helm: {parameters: [{name: mailer.queue, value: \"\"}]}}");

        Cli.Result result = new Cli(folder).run("render", "--app", "gitops.yaml", "-o", "json", "--helm", helm());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.json().at("/error/problems/0/where").asText())
                .isEqualTo("platform/charts/mailer/templates/worker.yaml:5:26");
        assertThat(result.json().at("/error/problems/0/what").asText()).contains("a worker needs a queue");
    }

    private void application(TestNamespace namespace, String source) throws IOException {
        Files.writeString(
                folder.resolve("gitops.yaml"),
                ("apiVersion: gitops.jenkins.io/v1\nkind: Application\nmetadata: {name: shop}\nspec:\n  source: "
                                + source.replace("\n", " ") + "\n  destination: {namespace: NAMESPACE}\n")
                        .replace("NAMESPACE", namespace.name()));
    }

    private static String helm() {
        return TestTools.binary("helm").toString();
    }

    private static JsonNode run(Cli cli, int code, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--app", "gitops.yaml", "-o", "json"));
        arguments.addAll(List.of("--kustomize", TestTools.binary("kustomize").toString(), "--helm", helm()));
        arguments.addAll(List.of(more));
        Cli.Result result = cli.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(code);
        return result.json();
    }
}
