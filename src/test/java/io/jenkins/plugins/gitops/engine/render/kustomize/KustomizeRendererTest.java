package io.jenkins.plugins.gitops.engine.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the tool's own output, on a corpus in the styles that repositories have. */
class KustomizeRendererTest {
    private static final Path KUSTOMIZE = TestTools.binary("kustomize");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/base",
                "overlays/base/frontend",
                "overlays/base/backend",
                "overlays/production",
                "components/base",
                "components/app",
                "transformers/app",
                "legacy/apps"
            })
    void theOutputIsTheToolsOwnObjectForObject(String path) throws IOException {
        TestTools.copy(getClass(), path.substring(0, path.indexOf('/')), folder.resolve(path.split("/")[0]));
        Map<Path, String> before = snapshot();

        List<ObjectNode> built = contents(build(path, KustomizeOptions.NONE));

        assertThat(built).isNotEmpty().isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", path));
        assertThat(snapshot()).as("the checkout").isEqualTo(before);
    }

    /** The line edits of the kustomization by hand say what {@code kustomize edit} would do. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            images: ["nginx=registry.example.com/nginx:1.28"] | newTag: 1.27.3 | newName: registry.example.com/nginx\\n  newTag: "1.28"
            images: ["nginx:1.28"] | newTag: 1.27.3 | newTag: "1.28"
            images: ["nginx@sha256:00"] | newTag: 1.27.3 | digest: sha256:00
            images: ["nginx/exporter=registry.example.com:5000/exporter"] | images: | images:\\n- name: nginx/exporter\\n  newName: registry.example.com:5000/exporter
            images: [{name: registry.example.com/shop/backend, newName: b, newTag: "*"}] | - name: registry.example.com/shop/backend | - name: registry.example.com/shop/backend\\n  newName: b
            namePrefix: stage- | namePrefix: prod- | namePrefix: stage-
            nameSuffix: -a | namePrefix: prod- | namePrefix: prod-\\nnameSuffix: -a
            namespace: stage | namespace: shop-production | namespace: stage
            commonLabels: {env: stage} | sortOptions: | labels: [{includeSelectors: true, pairs: {env: stage}}]\\nsortOptions:
            {commonLabels: {env: stage}, labelWithoutSelector: true} | sortOptions: | labels: [{pairs: {env: stage}}]\\nsortOptions:
            {commonLabels: {env: stage}, labelWithoutSelector: true, labelIncludeTemplates: true} | sortOptions: | labels: [{includeTemplates: true, pairs: {env: stage}}]\\nsortOptions:
            commonAnnotations: {a: "1"} | sortOptions: | commonAnnotations: {a: "1"}\\nsortOptions:
            replicas: [{name: backend, count: 7}, {name: frontend, count: 0}] | count: 4 | count: 7\\n- name: frontend\\n  count: 0
            patches: [{path: policy/extra.yaml, target: {kind: NetworkPolicy, name: deny.*}}] | configMapGenerator: | - path: policy/extra.yaml\\n  target: {kind: NetworkPolicy, name: deny.*}\\nconfigMapGenerator:
            patches: [{patch: "- {op: remove, path: /spec/strategy}", target: {kind: Deployment, name: frontend}}] | configMapGenerator: | - patch: "- {op: remove, path: /spec/strategy}"\\n  target: {kind: Deployment, name: frontend}\\nconfigMapGenerator:
            components: [../component] | sortOptions: | components: [../component]\\nsortOptions:
            {components: [../component, ../none], ignoreMissingComponents: true} | sortOptions: | components: [../component]\\nsortOptions:
            """)
    void theApplicationsChangesAreWhatAnEditByHandGives(String options, String written, String edited)
            throws IOException {
        TestTools.copy(getClass(), "overlays", folder.resolve("overlays"));
        write(
                "overlays/component/kustomization.yaml",
                "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n" + "namePrefix: c-\n");
        write("overlays/production/policy/extra.yaml", "- {op: add, path: /metadata/labels, value: {x: y}}\n");

        List<ObjectNode> built = contents(build("overlays/production", options(options)));
        List<ObjectNode> unchanged = TestTools.objects(folder, KUSTOMIZE, "build", "overlays/production");
        Path file = folder.resolve("overlays/production/kustomization.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(written);
        Files.writeString(file, text.replace(written, edited.replace("\\n", "\n")));

        assertThat(built)
                .isNotEqualTo(unchanged)
                .isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", "overlays/production"));
    }

    @Test
    void aForcedLabelAndAnnotationReplaceTheKustomizations() throws IOException {
        write("app/kustomization.yaml", """
                resources: [a.yaml]
                commonLabels: {a: "1", b: "1"}
                commonAnnotations: {a: "1"}
                """);
        write("app/a.yaml", configMap("a"));
        String options = "{commonLabels: {a: '2'}, commonAnnotations: {a: '2'}";

        ObjectNode built = contents(
                        build("app", options(options + ", forceCommonLabels: true, forceCommonAnnotations: true}")))
                .get(0);

        assertThat(built.at("/metadata/labels")).hasToString("{\"a\":\"2\",\"b\":\"1\"}");
        assertThat(built.at("/metadata/annotations")).hasToString("{\"a\":\"2\"}");
        assertThatThrownBy(() -> build("app", options(options + "}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "app/kustomization.yaml:2:16: \"a\" is set here and in source.kustomize.commonLabels")
                .hasMessageContaining("app/kustomization.yaml:3:21: \"a\" is set here");
    }

    @Test
    void whatKustomizeWouldRatherNotSeeIsOneWarning() {
        TestTools.copy(getClass(), "legacy", folder.resolve("legacy"));

        assertThat(build("legacy/apps", KustomizeOptions.NONE).warnings())
                .containsExactly("kustomize: bases, commonLabels, patchesJson6902, patchesStrategicMerge, vars are"
                        + " deprecated; \"kustomize edit fix\" writes it anew");
    }

    /** Names tell where most objects come from; where they would tell it wrong, Kustomize is asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/production",
                "components/app",
                "transformers/app",
                "legacy/apps",
                "names/prefixed",
                "names/twice"
            })
    void anObjectComesFromTheFileThatKustomizeSays(String path) throws IOException {
        if (path.startsWith("names")) {
            write("names/base/kustomization.yaml", "resources: [a.yaml, b.yaml]\n");
            write("names/base/a.yaml", configMap("web"));
            write("names/base/b.yaml", configMap("a-web"));
            write("names/prefixed/kustomization.yaml", "resources: [../base]\nnamePrefix: a-\n");
            write("names/one/kustomization.yaml", "resources: [../base]\nnamePrefix: one-\n");
            write("names/two/kustomization.yaml", "resources: [../base]\nnamePrefix: two-\n");
            write("names/twice/kustomization.yaml", "resources: [../one, ../two]\n");
        } else {
            TestTools.copy(getClass(), path.split("/")[0], folder.resolve(path.split("/")[0]));
        }
        List<String> ours = build(path, KustomizeOptions.NONE).documents().stream()
                .map(document ->
                        key(document.content()) + " " + document.origin().file())
                .toList();

        Path file = KustomizeRenderer.FILES.stream()
                .map(folder.resolve(path)::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        Files.writeString(file, Files.readString(file) + "\nbuildMetadata: [originAnnotations]\n");
        List<String> tools = TestTools.objects(folder, KUSTOMIZE, "build", path).stream()
                .map(object -> key(object) + " "
                        + object.at("/metadata/annotations/config.kubernetes.io~1origin")
                                .asText()
                                .replaceFirst("(?s)^.*(?:path|configuredIn): (\\S+).*$", "$1"))
                .toList();
        assertThat(ours).isEqualTo(tools);
    }

    private static String key(ObjectNode content) {
        return content.path("kind").asText() + " "
                + content.at("/metadata/name").asText();
    }

    @Test
    void everyObjectKnowsFileAndLineItCameFrom() {
        TestTools.copy(getClass(), "overlays", folder.resolve("overlays"));

        assertThat(build("overlays/production", KustomizeOptions.NONE).documents())
                .extracting(document -> document.content().path("kind").asText() + " " + document.origin())
                .containsExactlyInAnyOrder(
                        "Deployment ../base/frontend/deployment.yaml:2",
                        "Service ../base/frontend/service.yaml:1",
                        "ConfigMap ../base/frontend/kustomization.yaml",
                        "Deployment ../base/backend/all.yaml:1",
                        "Service ../base/backend/all.yaml:32",
                        "ServiceAccount ../base/backend/all.yaml:42",
                        "Role ../base/backend/all.yaml:47",
                        "RoleBinding ../base/backend/all.yaml:56",
                        "Secret ../base/backend/kustomization.yaml",
                        "HorizontalPodAutoscaler autoscaler.yaml:1",
                        "NetworkPolicy policy/network.yaml:1",
                        "NetworkPolicy policy/network.yaml:9");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            resources: ["https://github.com/example/app//deploy?ref=v1"] | 1:13 | in another repository
            resources: [github.com/example/app]       | 1:13 | in another repository
            resources: ["git@github.com:example/app"] | 1:13 | in another repository
            resources: ["git::ssh://host/app"]        | 1:13 | in another repository
            resources: ["file:///srv/app"]            | 1:13 | in another repository
            bases: ["https://u:secret@example.com/a"] | 1:9  | "https://example.com/a" is in another repository
            components: ["https://example.com/a.git"] | 1:14 | in another repository
            transformers: ["https://example.com/a"]   | 1:16 | in another repository
            patches: [{path: "http://example.com/p"}] | 1:12 | in another repository
            configMapGenerator: [{name: a, files: ["k=https://example.com/f"]}] | 1:40 | in another repository
            resources: [none.yaml]                    | 1:13 | "none.yaml" does not exist
            resources: [../../outside]                | 1:13 | leads out of the repository
            resources: [/etc]                         | 1:13 | leads out of the repository
            resources: [link]                         | 1:13 | leads out of the repository
            resources: [../.git/config]               | 1:13 | leads out of the repository or into .git
            configMapGenerator: [{name: a, files: [link/passwd]}] | 1:40 | leads out of the repository
            configMapGenerator: [{name: a, envs: [../sibling/f]}] | 1:39 | outside of the kustomization's folder
            resources: [../sibling]                   | 1:13 | holds no kustomization.yaml
            resources: [../nested]                    | nested/kustomization.yaml:2:3 | in another repository
            helmCharts: [{name: a, repo: "https://example.com"}] | 1:1 | helmCharts is not inflated
            helmChartInflationGenerator: [{chartName: a}] | 1:1 | is not inflated
            """)
    void whatABuildMayNotReadIsToldWithFileAndLine(String kustomization, String where, String what) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        write("outside/kustomization.yaml", "namePrefix: a-\n");
        write("outside/passwd", "root\n");
        write("checkout/.git/config", "[remote]\n");
        write("checkout/sibling/f", "A=b\n");
        write("checkout/nested/kustomization.yaml", "resources:\n- https://example.com/x\n");
        write("checkout/app/kustomization.yaml", kustomization + "\n");
        Files.createSymbolicLink(checkout.resolve("app/link"), folder.resolve("outside"));

        assertThatThrownBy(() -> build(checkout, "app", KustomizeOptions.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining((where.startsWith("nested") ? where : "app/kustomization.yaml:" + where) + ":")
                .hasMessageContaining(what)
                .hasMessageNotContaining("secret");
    }

    @Test
    void programsAndContainersOfARepositoryAreNotRun() throws IOException {
        write("app/kustomization.yaml", "transformers: [run.yaml]\n");
        write("app/run.yaml", """
                apiVersion: example.com/v1
                kind: Run
                metadata:
                  name: run
                  annotations:
                    config.kubernetes.io/function: |
                      exec: {path: ./run.sh}
                """);
        write("app/run.sh", "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        assertThat(folder.resolve("app/run.sh").toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> build("app", KustomizeOptions.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("external plugins disabled");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** An env file may name a variable without a value, which Kustomize then takes from its environment. */
    @Test
    void theEnvironmentOfTheHostIsNotSeen() throws IOException {
        write("app/kustomization.yaml", "configMapGenerator: [{name: env, envs: [names.env]}]\n");
        write("app/names.env", "JENKINS_SECRET\nHTTPS_PROXY\nUSER\n");
        RenderTools tools = TestTools.all()
                .withEnvironment(Map.of(
                        "JENKINS_SECRET", "s3cret", "HTTPS_PROXY", "http://user:s3cret@proxy", "USER", "s3cret"));

        Built built = new KustomizeRenderer(tools)
                .prepare(folder("app"), KustomizeOptions.NONE)
                .run();

        assertThat(built.documents().toString()).contains("JENKINS_SECRET").doesNotContain("s3cret");
    }

    @Test
    void theToolsOwnErrorIsToldWithThePathsOfTheCheckout() throws IOException {
        write("app/kustomization.yaml", "resources: [a.yaml]\npatches: [{patch: \"{kind: X\"}]\n");
        write("app/a.yaml", configMap("a"));

        assertThatThrownBy(() -> build("app", KustomizeOptions.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("kustomize build app: Error: ")
                .hasMessageNotContaining("gitops-render");
    }

    /** As Flux makes one; held against the same written by hand. */
    @Test
    void aFolderWithoutAKustomizationIsBuiltFromAllItsManifests() throws IOException {
        write("app/b.yaml", configMap("b"));
        write("app/.sops.yaml", "creation_rules: []\n");
        write("app/below/a.yml", configMap("a"));
        write("app/below/notes.txt", "no manifest");
        write("app/of-its-own/kustomization.yaml", "resources: [c.yaml]\nnameSuffix: -own\n");
        write("app/of-its-own/c.yaml", configMap("c"));
        write("app/of-its-own/unused.yaml", configMap("unused"));
        write("hand/kustomization.yaml", "resources: [b.yaml, below/a.yml, of-its-own]\nnamespace: shop\n");
        for (String file : List.of("b.yaml", "below/a.yml", "of-its-own/kustomization.yaml", "of-its-own/c.yaml")) {
            write("hand/" + file, Files.readString(folder.resolve("app").resolve(file)));
        }
        Map<Path, String> before = snapshot();

        Built built = build("app", options("{namespace: shop}"));

        assertThat(contents(built)).hasSize(3).isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", "hand"));
        assertThat(built.documents())
                .extracting(Built.Document::origin)
                .contains(new Origin("below/a.yml", 0, 1), new Origin("of-its-own/c.yaml", 0, 1));
        assertThat(snapshot()).as("the checkout").isEqualTo(before);
    }

    @Test
    void withoutKustomizeTheOneInsideKubectlBuilds() throws IOException {
        TestTools.copy(getClass(), "components", folder.resolve("components"));
        Path kubectl = Path.of(System.getProperty("testcluster.binary")).resolveSibling("kubectl");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("kubectl"), kubectl.toRealPath());
        RenderTools tools = RenderTools.ofProcess().withEnvironment(Map.of("PATH", bin.toString()));

        Built built = new KustomizeRenderer(tools)
                .prepare(folder("components/app"), KustomizeOptions.NONE)
                .run();

        assertThat(contents(built)).isEqualTo(TestTools.objects(folder, KUSTOMIZE, "build", "components/app"));
        RenderTools nothing = RenderTools.ofProcess().withEnvironment(Map.of("PATH", "/nowhere"));
        assertThatThrownBy(() -> new KustomizeRenderer(nothing)
                        .prepare(folder("components/app"), KustomizeOptions.NONE)
                        .run())
                .hasMessageContaining("neither kustomize nor kubectl is on the search path");
    }

    private Built build(String path, KustomizeOptions options) {
        return build(folder, path, options);
    }

    private Built build(Path checkout, String path, KustomizeOptions options) {
        return new KustomizeRenderer(TestTools.all())
                .prepare(SourceFolder.find(new SourceTree(checkout, ""), Source.of("", "", path)), options)
                .run();
    }

    private SourceFolder folder(String path) {
        return SourceFolder.find(new SourceTree(folder, ""), Source.of("", "", path));
    }

    private static List<ObjectNode> contents(Built built) {
        assertThat(built.documents()).extracting(Built.Document::origin).doesNotContain((Origin) null);
        return built.documents().stream().map(Built.Document::content).toList();
    }

    private static KustomizeOptions options(String fields) {
        String file = "{apiVersion: gitops.jenkins.io/v1, kind: Application, metadata: {name: a}, spec: {"
                + "destination: {namespace: a}, source: {repository: r, kustomize: "
                + (fields.startsWith("{") ? fields : "{" + fields + "}") + "}}}";
        return new ApplicationFile()
                .read("gitops.yaml", file.getBytes(StandardCharsets.UTF_8), Path.of("/"))
                .source()
                .kustomize();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n";
    }

    private Map<Path, String> snapshot() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readString(file));
            }
        }
        return files;
    }
}
