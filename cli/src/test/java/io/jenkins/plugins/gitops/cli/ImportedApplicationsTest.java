package io.jenkins.plugins.gitops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From an application of Argo CD or Flux to its objects, which are those that Argo CD or Flux would make: held against the tool,
 * called by hand as its controller calls it, with what the controller adds written into files by hand.
 */
@WithCluster
class ImportedApplicationsTest {
    private static final Path KUSTOMIZE = TestTools.binary("kustomize");
    private static final Path HELM = TestTools.binary("helm");

    @TempDir
    Path folder;

    private TestRepository repository;
    private Cli cli;

    @BeforeEach
    void repository() {
        Path fleet = folder.resolve("fleet");
        repository = new TestRepository(fleet);
        KustomizeCorpus.copy("overlays", fleet.resolve("overlays"));
        KustomizeCorpus.copy("components", fleet.resolve("components"));
        HelmCorpus.copy("library", fleet.resolve("charts"));
        HelmCorpus.copy("umbrella", fleet.resolve("umbrella"));
        repository
                .write("plain/a.yaml", configMap("a"))
                .write("plain/config.yaml", configMap("left-out"))
                .write("plain/below/b.yaml", configMap("b"))
                .write(
                        "plain/below/c.json",
                        "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"}}")
                .write("environments/production.yaml", "global: {environment: production}\n")
                .write("apps/podinfo/deployment.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: podinfo, annotations: {region: "${region}"}}
                        spec:
                          replicas: 1
                          selector: {matchLabels: {app: podinfo}}
                          template:
                            metadata: {labels: {app: podinfo}}
                            spec: {containers: [{name: podinfo, image: "ghcr.io/example/podinfo:6.0.0"}]}
                        """)
                .write("apps/podinfo/more/settings.yaml", configMap("settings"))
                .write("apps/podinfo/.sops.yaml", "creation_rules: []\n");
        repository.commit("everything");
        cli = new Cli(folder);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    /** Sources of Argo CD without blocks, with each block, and several; next to them how Argo CD calls the tool. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            source: {repoURL: FLEET, path: plain} | a left-out
            source: {repoURL: FLEET, path: plain, directory: {recurse: true, exclude: config.yaml}} | a b c
            source: {repoURL: FLEET, path: plain, directory: {recurse: true, include: "*.json"}} | c
            source: {repoURL: FLEET, path: ., directory: {recurse: true, include: "plain/*"}} | a left-out b c
            """)
    void plainManifestsOfArgoCdAreThoseThatItReads(String source, String names) throws IOException {
        List<ObjectNode> rendered = imported(argo(source), "shop");

        assertThat(rendered)
                .extracting(object -> object.at("/metadata/name").asText())
                .containsExactlyInAnyOrder(names.split(" "));
    }

    @Test
    void aKustomizationThatArgoCdFindsByItselfIsBuiltAsItIs() throws IOException {
        assertThat(imported(
                        argo("source: {repoURL: FLEET, path: ./overlays/production, targetRevision: HEAD}"), "shop"))
                .isEqualTo(withNamespace(
                        TestTools.objects(repository.folder(), KUSTOMIZE, "build", "overlays/production")));
    }

    @Test
    void argoCdsChangesToAKustomizationAreWhatKustomizeEditMakes() throws IOException {
        List<ObjectNode> rendered = imported(argo("""
                source:
                    repoURL: FLEET
                    targetRevision: main
                    path: overlays/production
                    kustomize:
                      namePrefix: eu-
                      images: ["nginx=registry.example.com/nginx:1.28"]
                      commonLabels: {region: eu}
                      replicas: [{name: frontend, count: "7"}]
                      patches:
                      - target: {kind: Deployment, name: frontend}
                        patch: |-
                          - op: add
                            path: /spec/template/spec/priorityClassName
                            value: high
                """), "shop");

        Path overlay = repository.folder().resolve("overlays/production");
        edit(overlay, "set", "nameprefix", "--", "eu-");
        edit(overlay, "set", "image", "nginx=registry.example.com/nginx:1.28");
        edit(overlay, "set", "replicas", "frontend=7");
        edit(overlay, "add", "label", "region:eu");
        edit(
                overlay,
                "add",
                "patch",
                "--kind",
                "Deployment",
                "--name",
                "frontend",
                "--patch",
                "- {op: add, path: /spec/template/spec/priorityClassName, value: high}");
        assertThat(rendered).isNotEmpty().isEqualTo(withNamespace(TestTools.objects(overlay, KUSTOMIZE, "build", ".")));
    }

    @Test
    void aChartOfArgoCdWithValuesOfAnotherSourceIsWhatHelmTemplates() throws IOException {
        List<ObjectNode> rendered = imported(argo("""
                sources:
                  - repoURL: FLEET
                    path: umbrella/platform
                    helm:
                      releaseName: web
                      valueFiles: [$values/environments/production.yaml]
                      valuesObject: {reporter: {enabled: true}}
                      parameters: [{name: "global.owner", value: $ARGOCD_APP_NAME, forceString: true}]
                  - {repoURL: FLEET, targetRevision: main, ref: values}
                """), "shop");

        Path values = Files.writeString(folder.resolve("values.yaml"), "reporter: {enabled: true}\n");
        assertThat(rendered)
                .isNotEmpty()
                .isEqualTo(helm(
                        "web",
                        "shop",
                        "umbrella/platform",
                        "--values",
                        "environments/production.yaml",
                        "--values",
                        values.toString(),
                        "--set-string",
                        "global.owner=shop"));
    }

    /** The kustomization by hand is what Flux generates for a folder that has none, and what it adds afterwards. */
    @Test
    void aKustomizationOfFluxIsWhatItBuildsAndSubstitutes() throws IOException {
        List<ObjectNode> rendered = imported(fluxSource() + """
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: podinfo, namespace: flux-system}
                spec:
                  interval: 5m
                  path: ./apps/podinfo
                  prune: true
                  targetNamespace: podinfo
                  sourceRef: {kind: GitRepository, name: fleet}
                  namePrefix: my-
                  images: [{name: ghcr.io/example/podinfo, newTag: 6.7.0}]
                  commonMetadata:
                    labels: {tenant: apps}
                    annotations: {owner: web}
                  patches:
                  - target: {kind: Deployment}
                    patch: |
                      - {op: replace, path: /spec/replicas, value: 3}
                  postBuild:
                    substitute: {region: eu-central-1}
                """, "podinfo");

        Path app = repository.folder().resolve("apps/podinfo");
        Files.writeString(
                app.resolve("deployment.yaml"),
                Files.readString(app.resolve("deployment.yaml"))
                        .replace("${region}", "eu-central-1")
                        .replace("name: podinfo, ann", "name: podinfo, labels: {tenant: apps}, ann")
                        .replace("annotations: {", "annotations: {owner: web, "));
        Files.writeString(
                app.resolve("more/settings.yaml"),
                configMap("settings")
                        .replace("metadata:", "metadata:\n  labels: {tenant: apps}\n  annotations: {owner: web}"));
        Files.writeString(app.resolve("kustomization.yaml"), """
                resources: [deployment.yaml, more/settings.yaml]
                namespace: podinfo
                namePrefix: my-
                images: [{name: ghcr.io/example/podinfo, newTag: 6.7.0}]
                patches:
                - target: {kind: Deployment}
                  patch: "- {op: replace, path: /spec/replicas, value: 3}"
                """);
        assertThat(rendered).hasSize(2).isEqualTo(TestTools.objects(app, KUSTOMIZE, "build", "."));
    }

    @Test
    void aHelmReleaseOfFluxIsWhatHelmTemplatesWithItsValuesInTheirOrder() throws IOException {
        List<ObjectNode> rendered = imported(fluxSource() + """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: defaults, namespace: flux-system}
                data:
                  values.yaml: |
                    reporter: {enabled: true}
                    global: {environment: of-the-map, owner: of-the-map}
                  owner: last
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: platform, namespace: flux-system}
                spec:
                  interval: 5m
                  targetNamespace: web
                  chart:
                    spec:
                      chart: ./umbrella/platform
                      sourceRef: {kind: GitRepository, name: fleet}
                      valuesFiles: [umbrella/platform/values.yaml, environments/production.yaml]
                      reconcileStrategy: Revision
                  valuesFrom:
                  - {kind: ConfigMap, name: defaults}
                  - {kind: ConfigMap, name: defaults, valuesKey: owner, targetPath: global.owner}
                  values: {global: {environment: inline}}
                """, "platform");

        Path values = Files.writeString(
                folder.resolve("values.yaml"),
                "reporter: {enabled: true}\nglobal: {environment: inline, owner: last}\n");
        assertThat(rendered)
                .isNotEmpty()
                .isEqualTo(helm(
                        "web-platform",
                        "web",
                        "umbrella/platform",
                        "--values",
                        "environments/production.yaml",
                        "--values",
                        values.toString()));
    }

    @Test
    void whatWasImportedIsSyncedAndThenInSync(TestNamespace namespace) throws IOException {
        cli = new Cli(folder, namespace);
        write(argo("source: {repoURL: FLEET, path: overlays/base/frontend, kustomize: {namespace: " + namespace.name()
                        + "}}")
                .replace("namespace: shop}", "namespace: " + namespace.name() + "}"));

        assertThat(cli.run("import", "input.yaml", "--into", "apps").exitCode()).isZero();
        assertThat(onCluster("diff").exitCode()).isEqualTo(1);
        Cli.Result sync = onCluster("sync", "--no-wait");
        assertThat(sync.exitCode()).as(sync.err()).isZero();
        Cli.Result diff = onCluster("diff");
        assertThat(diff.exitCode()).as(diff.out()).isZero();
    }

    private Cli.Result onCluster(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--app", "apps/shop.yaml", "--kustomize", KUSTOMIZE.toString()));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private String argo(String source) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: argocd}
                spec:
                  project: default
                  SOURCE
                  destination: {server: "https://kubernetes.default.svc", namespace: shop}
                """.replace("SOURCE", source.strip());
    }

    private String fluxSource() {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: flux-system}
                spec: {interval: 1m, url: "FLEET", ref: {branch: main}}
                """;
    }

    private List<ObjectNode> imported(String input, String application) throws IOException {
        write(input);
        Cli.Result imported = cli.run("import", "input.yaml", "--into", "apps");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        Cli.Result rendered = cli.run(
                "render",
                "--app",
                "apps/" + application + ".yaml",
                "--show-secrets",
                "-o",
                "json",
                "--kustomize",
                KUSTOMIZE.toString(),
                "--helm",
                HELM.toString());
        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        List<ObjectNode> objects = new ArrayList<>();
        rendered.json().forEach(object -> objects.add((ObjectNode) object));
        return objects;
    }

    private void write(String input) throws IOException {
        Files.writeString(folder.resolve("input.yaml"), input.replace("FLEET", repository.url()));
    }

    private List<ObjectNode> helm(String release, String namespace, String chart, String... more) {
        List<String> arguments = new ArrayList<>(List.of("template", release, chart, "--namespace", namespace));
        arguments.addAll(List.of("--include-crds", "--kube-version", "1.37"));
        arguments.addAll(List.of(more));
        return withNamespace(TestTools.objects(repository.folder(), HELM, arguments.toArray(String[]::new)), namespace);
    }

    private static void edit(Path overlay, String... arguments) {
        List<String> command = new ArrayList<>(List.of("edit"));
        command.addAll(List.of(arguments));
        TestTools.run(overlay, KUSTOMIZE, command.toArray(String[]::new));
    }

    private static List<ObjectNode> withNamespace(List<ObjectNode> objects) {
        return withNamespace(objects, "shop");
    }

    /** The namespace that namespaced objects without one get, here as in Argo CD and Helm. */
    private static List<ObjectNode> withNamespace(List<ObjectNode> objects, String namespace) {
        for (ObjectNode object : objects) {
            JsonNode metadata = object.path("metadata");
            boolean namespaced = !List.of("Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass")
                    .contains(object.path("kind").asText());
            if (namespaced && !metadata.has("namespace")) {
                ((ObjectNode) metadata).put("namespace", namespace);
            }
        }
        return objects;
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata: {a: b}\n";
    }
}
