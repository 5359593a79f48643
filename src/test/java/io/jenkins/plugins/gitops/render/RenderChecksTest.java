package io.jenkins.plugins.gitops.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an option while one types it, and when the form is saved. */
class RenderChecksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "releaseName   | shop                                  | true",
                "releaseName   | Shop                                  | false",
                "namespace     | web                                   | true",
                "namespace     | web.prod                              | false",
                "values        | a: 1                                  | true",
                "values        | - a                                   | false",
                "values        | a: [                                  | false",
                "kubeVersion   | v1.34.2                               | true",
                "kubeVersion   | newest                                | false",
                "images        | nginx:1.27                            | true",
                "images        | nginx=registry.example.com/nginx:1.27 | true",
                "images        | nginx                                 | false",
                "commonLabels  | team=shop                             | true",
                "commonLabels  | team                                  | false",
                "replicas      | web=3                                 | true",
                "replicas      | web=many                              | false",
                "patch         | spec: {replicas: 1}                   | true",
                "patch         | - op: remove                          | true",
                "patch         | spec: {                               | false",
            })
    void anOptionIsChecked(String field, String value, boolean good) {
        List<String> lines = KustomizeChecks.lines(value);
        boolean accepted =
                switch (field) {
                    case "releaseName" -> HelmChecks.releaseName(value).isEmpty();
                    case "namespace" -> HelmChecks.namespace(value).isEmpty();
                    case "values" -> HelmChecks.values(value).isEmpty();
                    case "kubeVersion" -> HelmChecks.kubeVersion(value).isEmpty();
                    case "images" -> KustomizeChecks.images(lines).isEmpty();
                    case "commonLabels" -> KustomizeChecks.assignments(lines).isEmpty();
                    case "replicas" -> KustomizeChecks.replicas(lines).isEmpty();
                    default -> KustomizeChecks.yaml(value).isEmpty();
                };
        assertThat(accepted).isEqualTo(good);
    }

    @Test
    void whatCannotBeMeantIsAProblem() {
        HelmSettings lent = new HelmSettings();
        lent.setValueFiles(List.of("$other/values.yaml"));
        assertThat(lent.problem()).hasValueSatisfying(what -> assertThat(what).contains("$other"));
        HelmSettings secret = new HelmSettings();
        secret.setChart(new HelmChart("https://user:password@charts.example.com", "redis"));
        assertThat(secret.problem()).hasValueSatisfying(what -> assertThat(what).doesNotContain("password@"));
        KustomizeSettings both = new KustomizeSettings();
        KustomizePatch patch = new KustomizePatch();
        patch.setPatch("a: 1");
        patch.setPath("a.yaml");
        both.setPatches(List.of(patch));
        assertThat(both.problem()).isPresent();
    }
}
