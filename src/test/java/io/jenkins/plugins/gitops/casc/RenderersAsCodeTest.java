package io.jenkins.plugins.gitops.casc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Source;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code source: renderer:} as code, there and back. */
@WithJenkins
class RenderersAsCodeTest {
    private static final String YAML = """
            unclassified:
              gitOps:
                clusters:
                - name: prod
                  serverUrl: https://prod.invalid
            gitOps:
              applications:
              - name: chart
                cluster: prod
                source:
                  path: chart
                  renderer:
                    helm:
                      valueFiles: [production.yaml, /shared.yaml]
                      values: |
                        replicas: 2
                      parameters:
                      - name: image.tag
                        value: "1.28"
                        forceString: true
                      includeCRDs: false
              - name: published
                cluster: prod
                source:
                  renderer:
                    helm:
                      chart:
                        repository: oci://registry.example.com/charts
                        name: redis
                        version: 19.5.2
                      valueFiles: [$values/redis.yaml]
              - name: overlay
                cluster: prod
                source:
                  path: overlays/production
                  renderer:
                    kustomize:
                      images: ["nginx=registry.example.com/nginx:1.28"]
                      commonLabels: [team=shop]
                      replicas: [web=3]
                      patches:
                      - kind: Deployment
                        patch: |
                          - op: remove
                            path: /spec/replicas
              - name: files
                cluster: prod
                source:
                  path: deploy
                  renderer: plain
            """;

    @Test
    void renderersAreReadAndWhatIsExportedMakesTheSame(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), YAML);
        ConfigurationAsCode.get().configure(file.toString());
        requireAsConfigured(jenkins);

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(java.nio.charset.StandardCharsets.UTF_8);
        String applications = text.substring(text.indexOf("\ngitOps:"));
        int end = applications.substring(1).indexOf("\nsecurity:");
        Files.writeString(file, end < 0 ? applications : applications.substring(0, end + 1));
        for (GitOpsApplication application : jenkins.jenkins.getAllItems(GitOpsApplication.class)) {
            application.delete();
        }
        ConfigurationAsCode.get().configure(file.toString());
        requireAsConfigured(jenkins);
    }

    private static Source source(JenkinsRule jenkins, String name) {
        return jenkins.jenkins
                .getItemByFullName(name, GitOpsApplication.class)
                .toEngineApplication()
                .source();
    }

    private static void requireAsConfigured(JenkinsRule jenkins) {
        HelmOptions chart = source(jenkins, "chart").helm();
        assertThat(chart.valueFiles()).containsExactly("production.yaml", "/shared.yaml");
        assertThat(chart.values()).isEqualTo("replicas: 2\n");
        assertThat(chart.parameters()).containsExactly(new HelmOptions.Parameter("image.tag", "1.28", true));
        assertThat(chart.includeCrds()).isFalse();
        Source published = source(jenkins, "published").all().get(0);
        assertThat(published.repository() + " " + published.chart() + " " + published.revision())
                .isEqualTo("oci://registry.example.com/charts redis 19.5.2");
        assertThat(published.helm().valueFiles()).containsExactly("$values/redis.yaml");
        KustomizeOptions overlay = source(jenkins, "overlay").kustomize();
        assertThat(overlay.images())
                .containsExactly(KustomizeOptions.Image.parse("nginx=registry.example.com/nginx:1.28"));
        assertThat(overlay.commonLabels()).isEqualTo(Map.of("team", "shop"));
        assertThat(overlay.replicas()).containsExactly(new KustomizeOptions.Replicas("web", 3));
        assertThat(overlay.patches())
                .isEqualTo(List.of(new KustomizeOptions.Patch(
                        "", "- op: remove\n  path: /spec/replicas\n", Map.of("kind", "Deployment"), Map.of())));
        assertThat(source(jenkins, "files").renderer().name()).isEqualTo("plain");
    }
}
