package io.jenkins.plugins.gitops.casc;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.tools.InstallSourceProperty;
import hudson.tools.ZipExtractionInstaller;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.gitops.tool.HelmInstallation;
import io.jenkins.plugins.gitops.tool.KustomizeInstallation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Helm and Kustomize under {@code tool:}. */
@WithJenkins
class ToolsAsCodeTest {
    private static final String YAML = """
            tool:
              helm:
                installations:
                - name: helm-4
                  properties:
                  - installSource:
                      installers:
                      - zip:
                          label: linux
                          url: https://get.helm.sh/helm-v4.0.0-linux-amd64.tar.gz
              kustomize:
                installations:
                - name: kustomize-5
                  home: /opt/kustomize
            """;

    @Test
    void toolsAreReadExportedAndSavedByThePage(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), YAML);
        ConfigurationAsCode.get().configure(file.toString());
        requireAsConfigured(jenkins);

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("helm-4", "https://get.helm.sh/helm-v4.0.0-linux-amd64.tar.gz", "/opt/kustomize");

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            jenkins.submit(browser.goTo("configureTools").getFormByName("config"));
        }
        requireAsConfigured(jenkins);
    }

    private static void requireAsConfigured(JenkinsRule jenkins) {
        HelmInstallation helm = jenkins.jenkins.getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                .getInstallations()[0];
        assertThat(helm.getName()).isEqualTo("helm-4");
        ZipExtractionInstaller installer = (ZipExtractionInstaller)
                helm.getProperties().get(InstallSourceProperty.class).installers.get(0);
        assertThat(installer.getUrl()).endsWith("/helm-v4.0.0-linux-amd64.tar.gz");
        assertThat(installer.getLabel()).isEqualTo("linux");
        KustomizeInstallation kustomize = jenkins.jenkins.getDescriptorByType(
                        KustomizeInstallation.DescriptorImpl.class)
                .getInstallations()[0];
        assertThat(kustomize.getHome()).isEqualTo("/opt/kustomize");
    }
}
