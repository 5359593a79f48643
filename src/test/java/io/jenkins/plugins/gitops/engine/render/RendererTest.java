package io.jenkins.plugins.gitops.engine.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of the tool, several sources, and what is kept. */
class RendererTest {
    private static final String CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    private static final String TEMPLATE = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n";

    @TempDir
    Path folder;

    @Test
    void theFilesOrTheOptionsChooseTheTool() throws IOException {
        write("chart/Chart.yaml", CHART);
        write("chart/values.yaml", "name: of-chart\n");
        write("chart/templates/a.yaml", TEMPLATE);
        write("kustomize/kustomization.yml", "resources: [a.yaml]\nnamePrefix: of-\n");
        write("kustomize/a.yaml", Checkout.configMap("kustomize"));
        write("plain/a.yaml", Checkout.configMap("of-plain"));

        assertThat(List.of("chart", "kustomize", "plain"))
                .allSatisfy(path -> assertThat(names(TestTools.all(), Source.of("", "", path)))
                        .containsExactly("ConfigMap shop/of-" + path));
        Source both = Source.of("", "", "both");
        write("both/Chart.yaml", CHART);
        write("both/values.yaml", "name: of-helm\n");
        write("both/templates/a.yaml", TEMPLATE);
        write("both/kustomization.yaml", "resources: [templates/b.yaml]\n");
        write("both/templates/b.yaml", Checkout.configMap("b"));
        assertThat(names(TestTools.all(), both)).contains("ConfigMap shop/of-helm");
        assertThat(names(TestTools.all(), both.withRenderer(RendererKind.kustomize)))
                .containsExactly("ConfigMap shop/b");
        assertThat(names(TestTools.all(), both.withKustomize(prefix()))).containsExactly("ConfigMap shop/p-b");
    }

    @Test
    void anOptionWithoutEffectIsRefused() throws IOException {
        write("plain/a.yaml", Checkout.configMap("a"));
        write("kustomize/kustomization.yml", "namePrefix: of-\n");
        Source plain = Source.of("", "", "plain").withRenderer(RendererKind.plain);

        assertThatThrownBy(() -> names(TestTools.all(), plain.withKustomize(prefix())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "source: kustomize would have no effect, because the source is rendered as plain; remove it,"
                                + " or change source.renderer");
        Source narrowed = new Source("", "", "kustomize", true, List.of("*.yaml"), List.of());
        assertThatThrownBy(() -> names(TestTools.all(), narrowed))
                .hasMessageContaining("recurse, include, exclude would have no effect");
        Source flat = new Source("", "", "kustomize", false, List.of(), List.of());
        assertThatThrownBy(() -> names(TestTools.all(), flat.withRenderer(RendererKind.kustomize)))
                .hasMessageContaining("recurse, include, exclude would have no effect");
    }

    /** An application of Argo CD does not say what its folder is; were it plain, its folders would not be read. */
    @Test
    void notToRecurseIsNoQuestionForAFolderWhoseFilesChooseATool() throws IOException {
        write("kustomize/kustomization.yml", "resources: [below/a.yaml]\n");
        write("kustomize/below/a.yaml", Checkout.configMap("a"));

        assertThat(names(TestTools.all(), new Source("", "", "kustomize", false, List.of(), List.of())))
                .containsExactly("ConfigMap shop/a");
    }

    @Test
    void severalSourcesMakeOneSetAndLendEachOtherValuesFiles() throws IOException {
        write("code/chart/Chart.yaml", CHART);
        write("code/chart/templates/a.yaml", TEMPLATE);
        write("values/shop/values.yaml", "name: from-elsewhere\n");
        write("extra/a.yaml", Checkout.configMap("extra"));
        HelmOptions helm = withValueFiles("$values/shop/values.yaml");
        Source several = Source.of("", "", "chart")
                .withHelm(helm)
                .withOthers(List.of(Source.of("", "", "").withRef("values"), Source.of("", "", "")));
        SourceTree trees = SourceTree.of(List.of(
                new SourceTree(folder.resolve("code"), ""),
                new SourceTree(folder.resolve("values"), ""),
                new SourceTree(folder.resolve("extra"), "")));

        assertThat(names(TestTools.all(), several, trees, new ArrayList<>()))
                .containsExactly("ConfigMap shop/from-elsewhere", "ConfigMap shop/extra");

        write("extra/b.yaml", Checkout.configMap("from-elsewhere"));
        assertThatThrownBy(() -> names(TestTools.all(), several, trees, new ArrayList<>()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "b.yaml:1: ConfigMap shop/from-elsewhere is already defined at templates/a.yaml:1");
        Source outside = several.withHelm(withValueFiles("$values/../code/chart/Chart.yaml"));
        assertThatThrownBy(() -> names(TestTools.all(), outside, trees, new ArrayList<>()))
                .hasMessageContaining("leads out of the repository");
    }

    /** Issue 7: a commit that touches one application of a monorepo costs exactly one rendering. */
    @Test
    void onlyWhatACommitTouchesIsRenderedAgain() throws IOException {
        Path runs = folder.resolve("runs");
        Path counting = counting("kustomize", runs);
        RenderTools tools = TestTools.all().withKustomize(counting).withCache(folder.resolve("cache"));
        write("base/kustomization.yaml", "resources: [a.yaml]\n");
        write("base/a.yaml", Checkout.configMap("a"));
        int applications = 12;
        for (int i = 0; i < applications; i++) {
            write("apps/" + i + "/kustomization.yaml", "resources: [../../base]\nnamePrefix: a" + i + "-\n");
        }
        List<String> before = renderAll(tools, applications);
        assertThat(Files.readAllLines(runs)).hasSize(applications);

        write("README.md", "another commit\n");
        assertThat(renderAll(tools, applications)).isEqualTo(before);
        write("apps/7/kustomization.yaml", "resources: [../../base]\nnamePrefix: b-\n");
        assertThat(renderAll(tools, applications)).contains("ConfigMap shop/b-a");
        assertThat(Files.readAllLines(runs)).hasSize(applications + 1);

        write("base/a.yaml", Checkout.configMap("other"));
        assertThat(renderAll(tools, applications)).allMatch(name -> name.endsWith("-other"));
        assertThat(Files.readAllLines(runs)).hasSize(2 * applications + 1);
    }

    /** Issue 7, at its size: both tools, 200 applications, one render after a commit. */
    @Test
    void aCommitThatTouchesOneOfTwoHundredApplicationsCostsOneRendering() throws IOException {
        Path runs = Files.createFile(folder.resolve("runs"));
        RenderTools tools = TestTools.all()
                .withKustomize(counting("kustomize", runs))
                .withHelm(counting("helm", runs))
                .withCache(folder.resolve("cache"));
        write("base/kustomization.yaml", "resources: [a.yaml]\n");
        write("base/a.yaml", Checkout.configMap("a"));
        int applications = 200;
        for (int i = 0; i < applications; i++) {
            String path = "apps/" + i;
            if (i % 2 == 0) {
                write(path + "/kustomization.yaml", "resources: [../../base]\nnamePrefix: a" + i + "-\n");
            } else {
                write(path + "/Chart.yaml", CHART);
                write(path + "/values.yaml", "name: a" + i + "\n");
                write(path + "/templates/a.yaml", TEMPLATE);
            }
        }
        renderAll(tools, applications);
        assertThat(Files.readAllLines(runs)).hasSize(applications);

        write("apps/7/values.yaml", "name: changed\n");

        assertThat(renderAll(tools, applications))
                .hasSize(applications)
                .contains("ConfigMap shop/changed", "ConfigMap shop/a8-a");
        assertThat(Files.readAllLines(runs)).hasSize(applications + 1);
    }

    private Path counting(String tool, Path runs) throws IOException {
        Path counting = Files.writeString(
                folder.resolve(tool),
                "#!/bin/sh\necho run >> " + runs + "\nexec " + TestTools.binary(tool) + " \"$@\"\n");
        assertThat(counting.toFile().setExecutable(true)).isTrue();
        return counting;
    }

    @Test
    void theExplanationSaysWhatChanged() throws IOException {
        RenderTools tools = TestTools.all().withCache(folder.resolve("cache"));
        write("chart/Chart.yaml", CHART);
        write("chart/values.yaml", "name: a\n");
        write("chart/templates/a.yaml", TEMPLATE);
        Source source = Source.of("", "", "chart");

        assertThat(explanation(tools, source)).isEqualTo("chart: miss: it was not rendered here before");
        assertThat(explanation(tools, source)).startsWith("chart: hit: ");
        write("chart/values.yaml", "name: b\n");
        assertThat(explanation(tools, source)).isEqualTo("chart: miss: values.yaml changed");
        write("chart/templates/b.yaml", "");
        assertThat(explanation(tools, source)).isEqualTo("chart: miss: templates/b.yaml is new");
        Files.delete(folder.resolve("chart/templates/b.yaml"));
        assertThat(explanation(tools, source)).startsWith("chart: hit: ");
        assertThat(explanation(tools, source.withHelm(withValueFiles("values.yaml"))))
                .isEqualTo("chart: miss: source.helm changed");
        assertThat(explanation(TestTools.all(), source)).isEqualTo("chart: rendered, nothing is kept here");
        write(
                "chart/Chart.yaml",
                CHART + "dependencies: [{name: x, version: 1.x, repository: \"http://127.0.0.1:9\"}]\n");
        assertThatThrownBy(() -> explanation(tools, source)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aRefreshRendersAnewAndADamagedCacheIsAsGoodAsNone() throws IOException {
        Path cache = folder.resolve("cache");
        RenderTools tools = TestTools.all().withCache(cache);
        write("app/kustomization.yaml", "resources: [a.yaml]\n");
        write("app/a.yaml", Checkout.configMap("a"));
        Source source = Source.of("", "", "app");
        explanation(tools, source);

        List<String> said = new ArrayList<>();
        Renderer renderer = new Renderer(tools);
        renderer.refresh();
        renderer.render(application(source), new SourceTree(folder, ""), new BuiltInScopes(), () -> null, said::add);
        assertThat(said).containsExactly("app: miss: a refresh was asked for");

        try (var sets = Files.list(cache.resolve("sets"))) {
            for (Path set : sets.toList()) {
                Files.writeString(set, "{\"documents\":");
            }
        }
        assertThat(names(tools, source)).containsExactly("ConfigMap shop/a");
        assertThat(explanation(tools, source)).startsWith("app: hit: ");
    }

    @Test
    void whatIsKeptIsBoundedAndForThisUserAlone() throws IOException {
        CacheFiles files = new CacheFiles(folder.resolve("cache"), 1000);
        for (int i = 0; i < 20; i++) {
            files.write("sets/" + i, new byte[100]);
        }

        try (var kept = Files.list(folder.resolve("cache/sets"))) {
            assertThat(kept.toList()).hasSize(10);
        }
        assertThat(files.read("sets/19")).isPresent();
        assertThat(files.read("sets/none")).isEmpty();
        assertThat(Files.getPosixFilePermissions(folder.resolve("cache"))).hasSize(3);
    }

    private List<String> renderAll(RenderTools tools, int applications) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < applications; i++) {
            names.addAll(names(tools, Source.of("", "", "apps/" + i)));
        }
        return names;
    }

    private String explanation(RenderTools tools, Source source) {
        List<String> explanations = new ArrayList<>();
        names(tools, source, new SourceTree(folder, ""), explanations);
        assertThat(explanations).hasSize(1);
        return explanations.get(0);
    }

    private List<String> names(RenderTools tools, Source source) {
        return names(tools, source, new SourceTree(folder, ""), new ArrayList<>());
    }

    private static List<String> names(RenderTools tools, Source source, SourceTree tree, List<String> explanations) {
        return new Renderer(tools)
                        .render(
                                application(source),
                                tree,
                                new BuiltInScopes(),
                                () -> ClusterVersion.UNKNOWN,
                                explanations::add)
                        .manifests()
                        .stream()
                        .map(manifest -> manifest.key().toString())
                        .toList();
    }

    private static Application application(Source source) {
        return new Application(new UUID(1, 2), "shop", source, new Destination("", "shop"), SyncPolicy.DEFAULT);
    }

    private static KustomizeOptions prefix() {
        KustomizeOptions none = KustomizeOptions.NONE;
        return new KustomizeOptions(
                none.images(),
                "p-",
                none.nameSuffix(),
                none.namespace(),
                none.commonLabels(),
                false,
                false,
                false,
                none.commonAnnotations(),
                false,
                none.patches(),
                none.components(),
                false,
                none.replicas(),
                false);
    }

    private static HelmOptions withValueFiles(String... files) {
        return new HelmOptions(
                "", "", List.of(files), false, "", List.of(), List.of(), true, false, false, "", List.of());
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}
