package io.jenkins.plugins.gitops.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Items;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.SourceSettings;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import java.util.List;
import java.util.Map;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form says of Helm and Kustomize reaches the engine, survives the form and the disk, and is checked. */
@WithJenkins
class RendererFormTest {
    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = rule.createProject(GitOpsApplication.class, "shop");
    }

    static HelmSettings helm() {
        HelmSettings helm = new HelmSettings();
        helm.setTool("helm-4");
        helm.setReleaseName("front");
        helm.setNamespace("web");
        helm.setValueFiles(List.of("production.yaml\n../shared.yaml"));
        helm.setIgnoreMissingValueFiles(true);
        helm.setValues("image:\n  tag: \"1.28\"\n# a comment\n");
        HelmParameter tag = new HelmParameter("image.tag", "1.29");
        tag.setForceString(true);
        helm.setParameters(List.of(tag, new HelmParameter("replicas", "3")));
        helm.setFileParameters(List.of(new HelmFileParameter("script", "files/run.sh")));
        helm.setIncludeCRDs(false);
        helm.setSkipTests(true);
        helm.setSkipSchemaValidation(true);
        helm.setKubeVersion("1.34");
        helm.setApiVersions(List.of("monitoring.coreos.com/v1", "example.com/v1"));
        return helm;
    }

    static KustomizeSettings kustomize() {
        KustomizeSettings kustomize = new KustomizeSettings();
        kustomize.setTool("kustomize-5");
        kustomize.setImages(List.of("nginx=registry.example.com/nginx:1.28", "redis:7"));
        kustomize.setNamePrefix("blue-");
        kustomize.setNameSuffix("-v2");
        kustomize.setNamespace("web");
        kustomize.setCommonLabels(List.of("team=shop", "env=production"));
        kustomize.setForceCommonLabels(true);
        kustomize.setLabelWithoutSelector(true);
        kustomize.setLabelIncludeTemplates(true);
        kustomize.setCommonAnnotations(List.of("example.com/owner=team a=b"));
        kustomize.setForceCommonAnnotations(true);
        KustomizePatch text = new KustomizePatch();
        text.setPatch("- op: remove\n  path: /spec/replicas\n");
        text.setKind("Deployment");
        text.setLabelSelector("app=web");
        KustomizePatch file = new KustomizePatch();
        file.setPath("patches/rename.yaml");
        file.setAllowNameChange(true);
        kustomize.setPatches(List.of(text, file));
        kustomize.setComponents(List.of("../components/metrics"));
        kustomize.setIgnoreMissingComponents(true);
        kustomize.setReplicas(List.of("web=3"));
        kustomize.setAllowRemoteBases(true);
        return kustomize;
    }

    private void use(RendererSettings renderer) {
        SourceSettings source = new SourceSettings("deploy");
        source.setRenderer(renderer);
        shop.setSource(source);
    }

    private Source engine() {
        return shop.toEngineApplication().source();
    }

    private void requireHelm() {
        assertThat(engine().renderer()).isEqualTo(RendererKind.helm);
        assertThat(engine().path()).isEqualTo("deploy");
        assertThat(engine().helm())
                .isEqualTo(new HelmOptions(
                        "front",
                        "web",
                        List.of("production.yaml", "../shared.yaml"),
                        true,
                        "image:\n  tag: \"1.28\"\n# a comment\n",
                        List.of(
                                new HelmOptions.Parameter("image.tag", "1.29", true),
                                new HelmOptions.Parameter("replicas", "3", false)),
                        List.of(new HelmOptions.FileParameter("script", "files/run.sh")),
                        false,
                        true,
                        true,
                        "1.34",
                        List.of("monitoring.coreos.com/v1", "example.com/v1")));
        assertThat(shop.getSource().getRenderer().tools().helm()).isEqualTo("helm-4");
    }

    private void requireKustomize() {
        assertThat(engine().renderer()).isEqualTo(RendererKind.kustomize);
        assertThat(engine().kustomize())
                .isEqualTo(new KustomizeOptions(
                        List.of(
                                new KustomizeOptions.Image("nginx", "registry.example.com/nginx", "1.28", ""),
                                new KustomizeOptions.Image("redis", "", "7", "")),
                        "blue-",
                        "-v2",
                        "web",
                        Map.of("team", "shop", "env", "production"),
                        true,
                        true,
                        true,
                        Map.of("example.com/owner", "team a=b"),
                        true,
                        List.of(
                                new KustomizeOptions.Patch(
                                        "",
                                        "- op: remove\n  path: /spec/replicas\n",
                                        Map.of("kind", "Deployment", "labelSelector", "app=web"),
                                        Map.of()),
                                new KustomizeOptions.Patch(
                                        "patches/rename.yaml", "", Map.of(), Map.of("allowNameChange", true))),
                        List.of("../components/metrics"),
                        true,
                        List.of(new KustomizeOptions.Replicas("web", 3)),
                        true));
        assertThat(shop.getSource().getRenderer().tools().kustomize()).isEqualTo("kustomize-5");
    }

    private void roundtrip() throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(shop, "configure");
            browser.waitForBackgroundJavaScript(10_000);
            jenkins.submit(page.getFormByName("config"));
        }
    }

    @Test
    void everyRendererSurvivesTheFormAndTheDisk() throws Exception {
        roundtrip();
        assertThat(engine()).isEqualTo(Source.of("", "", ""));
        assertThat(Items.XSTREAM2.toXML(shop)).doesNotContain("renderer", "substitute", "trustedKeys");

        use(helm());
        requireHelm();
        roundtrip();
        requireHelm();
        assertThat(shop.getConfigFile().asString())
                .contains("<renderer class=\"gitops-helm\">", "<gitops-helm-parameter>", "<skipCrds>true</skipCrds>");
        jenkins.jenkins.reload();
        shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
        requireHelm();

        use(kustomize());
        requireKustomize();
        roundtrip();
        requireKustomize();
        shop.save();
        jenkins.jenkins.reload();
        shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
        requireKustomize();

        HelmSettings published = new HelmSettings();
        HelmChart chart = new HelmChart("https://charts.example.com", "redis");
        chart.setVersion("^19.5");
        published.setChart(chart);
        published.setValueFiles(List.of("$values/redis/production.yaml"));
        use(published);
        roundtrip();
        requireChart(shop.getSource().getRenderer());
        use(new PlainSettings());
        roundtrip();
        assertThat(engine().renderer()).isEqualTo(RendererKind.plain);
    }

    private static void requireChart(RendererSettings helm) {
        List<Source> sources = helm.applyTo(Source.of("", "", "")).all();
        assertThat(sources.get(0).repository()).isEqualTo("https://charts.example.com");
        assertThat(sources.get(0).chart()).isEqualTo("redis");
        assertThat(sources.get(0).revision()).isEqualTo("^19.5");
        assertThat(sources.get(0).helm().valueFiles()).containsExactly("$values/redis/production.yaml");
        assertThat(sources.get(1).ref()).isEqualTo("values");
        assertThat(sources.get(1).isReferenceOnly()).isTrue();
    }

    /** As Job DSL and pipelines make them. */
    @Test
    void settingsAreMadeOfListsAndMapsAndWrongOnesAreRefused() throws Exception {
        SourceSettings source = new DescribableModel<>(SourceSettings.class)
                .instantiate(
                        Map.of(
                                "path",
                                "chart",
                                "renderer",
                                Map.of(
                                        "$class",
                                        "HelmSettings",
                                        "valueFiles",
                                        List.of("a.yaml", "b.yaml"),
                                        "parameters",
                                        List.of(Map.of("name", "image.tag", "value", "2")))),
                        null);
        shop.setSource(source);
        assertThat(engine().helm().valueFiles()).containsExactly("a.yaml", "b.yaml");
        assertThat(engine().helm().parameters()).containsExactly(new HelmOptions.Parameter("image.tag", "2", false));

        HelmSettings wrong = new HelmSettings();
        wrong.setValues("image: [");
        use(wrong);
        assertThatThrownBy(this::roundtrip).isInstanceOf(FailingHttpStatusCodeException.class);

        use(new HelmSettings());
        shop.getSource().setRecurse(false);
        assertThat(shop.getSource().problem())
                .hasValueSatisfying(what -> assertThat(what).contains("recurse"));
    }
}
