package io.jenkins.plugins.gitops.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.XmlFile;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.gitops.field.Words;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class GitOpsConfigurationTest {
    private static final String YAML = """
            unclassified:
              gitOps:
                allowKubeconfigExec: true
                clusters:
                - name: "prod"
                  serverUrl: "https://prod.example:6443"
                  caCertificate: "-----BEGIN CERTIFICATE-----\\nabc\\n-----END CERTIFICATE-----"
                  credentialsId: "prod-token"
                  defaultNamespace: "shop"
                  labels: "env=prod, region=eu"
                  agentLabel: "inside"
                  allowedFolders: "team-a, team-b/shop"
                  allowedNamespaces: "shop, team-*"
                  allowedKinds: "ConfigMap, *.apps"
                  requestsInFlight: 7
                - name: "test"
                  serverUrl: "https://test.example:6443"
            """;

    @Test
    void everyFieldSurvivesTheForm(JenkinsRule jenkins) throws Exception {
        ClusterDefinition prod = full();
        GitOpsConfiguration.get().setClusters(List.of(prod, new ClusterDefinition("test")));
        GitOpsConfiguration.get().setAllowKubeconfigExec(true);

        jenkins.configRoundtrip();

        List<ClusterDefinition> clusters = GitOpsConfiguration.get().getClusters();
        assertThat(clusters).hasSize(2).extracting(ClusterDefinition::getName).containsExactly("prod", "test");
        assertThat(clusters.get(0)).isNotSameAs(prod).usingRecursiveComparison().isEqualTo(prod);
        assertThat(clusters.get(1)).usingRecursiveComparison().isEqualTo(new ClusterDefinition("test"));
        assertThat(GitOpsConfiguration.get().isAllowKubeconfigExec()).isTrue();
    }

    @Test
    void everyFieldSurvivesTheDisk(JenkinsRule jenkins) throws Exception {
        GitOpsConfiguration.get().setClusters(List.of(full()));
        GitOpsConfiguration.get().setAllowKubeconfigExec(true);

        String xml = new XmlFile(new File(jenkins.jenkins.getRootDir(), GitOpsConfiguration.class.getName() + ".xml"))
                .asString();
        assertThat(xml).contains("<credentialsId>prod-token</credentialsId>");
        GitOpsConfiguration read = new GitOpsConfiguration();
        read.load();

        assertThat(read.getClusters())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(full());
        assertThat(read.isAllowKubeconfigExec()).isTrue();
    }

    @Test
    void theLastClusterCanBeDeletedInTheForm(JenkinsRule jenkins) throws Exception {
        GitOpsConfiguration.get().setClusters(List.of(new ClusterDefinition("test")));
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        HtmlForm form = page.getFormByName("config");
        page.executeJavaScript(
                "document.querySelectorAll('[name=clusters] .repeatable-delete').forEach(b => b.click())");
        page.getWebClient().waitForBackgroundJavaScript(5_000);
        jenkins.submit(form);
        assertThat(GitOpsConfiguration.get().getClusters()).isEmpty();
    }

    @Test
    void twoClustersOfOneNameAreRefused(JenkinsRule jenkins) {
        assertThatThrownBy(() -> GitOpsConfiguration.get()
                        .setClusters(List.of(new ClusterDefinition("a"), new ClusterDefinition("a"))))
                .hasMessageContaining("two clusters named a");
        assertThat(GitOpsConfiguration.get().getClusters()).isEmpty();
    }

    @Test
    void aNameThatListsCouldNotHoldIsRefused(JenkinsRule jenkins) {
        for (String name : List.of("", "a b", "a,b", "-a")) {
            assertThatThrownBy(() -> GitOpsConfiguration.get().setClusters(List.of(new ClusterDefinition(name))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void configurationAsCodeImportsAndExportsTheSame(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), YAML, StandardCharsets.UTF_8);
        ConfigurationAsCode.get().configure(file.toString());
        GitOpsConfiguration imported = GitOpsConfiguration.get();
        assertThat(imported.isAllowKubeconfigExec()).isTrue();
        assertThat(imported.getClusters().get(0)).usingRecursiveComparison().isEqualTo(full());
        assertThat(imported.getClusters().get(1).getServerUrl()).isEqualTo("https://test.example:6443");

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode exported = Util.getUnclassifiedRoot(context).get("gitOps");
        String text = Util.toYamlString(exported);
        Path again = Files.writeString(
                folder.resolve("exported.yaml"), "unclassified:\n  gitOps:\n" + text.indent(4), StandardCharsets.UTF_8);
        List<ClusterDefinition> before = imported.getClusters();
        imported.setClusters(List.of());
        ConfigurationAsCode.get().configure(again.toString());
        assertThat(imported.getClusters()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void listsAreReadFromListsAndFromTheTextOfOlderConfigurations(JenkinsRule jenkins, @TempDir Path folder)
            throws Exception {
        String lists = YAML.replace("\"team-a, team-b/shop\"", "[team-a, team-b/shop]")
                .replace("\"shop, team-*\"", "\n      - shop\n      - team-*")
                .replace("\"ConfigMap, *.apps\"", "[ConfigMap, '*.apps']");
        assertThat(lists).isNotEqualTo(YAML);
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), lists, StandardCharsets.UTF_8);
        ConfigurationAsCode.get().configure(file.toString());
        assertThat(GitOpsConfiguration.get().getClusters().get(0))
                .usingRecursiveComparison()
                .isEqualTo(full());

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(Util.toYamlString(Util.getUnclassifiedRoot(context).get("gitOps")))
                .contains("allowedNamespaces:\n  - \"shop\"\n  - \"team-*\"");
    }

    @Test
    void theXmlOfAnOlderVersionIsRead(JenkinsRule jenkins) throws Exception {
        Files.writeString(
                jenkins.jenkins.getRootDir().toPath().resolve(GitOpsConfiguration.class.getName() + ".xml"), """
                        <?xml version='1.1' encoding='UTF-8'?>
                        <io.jenkins.plugins.gitops.cluster.GitOpsConfiguration plugin="gitops@1">
                          <clusters>
                            <io.jenkins.plugins.gitops.cluster.ClusterDefinition>
                              <name>old</name>
                              <labels>env=prod region=eu</labels>
                              <allowedNamespaces>shop,
                        team-*</allowedNamespaces>
                            </io.jenkins.plugins.gitops.cluster.ClusterDefinition>
                          </clusters>
                        </io.jenkins.plugins.gitops.cluster.GitOpsConfiguration>
                        """);
        GitOpsConfiguration read = new GitOpsConfiguration();
        read.load();
        ClusterDefinition old = read.getClusters().get(0);
        assertThat(old.getAllowedNamespaces().list()).containsExactly("shop", "team-*");
        assertThat(old.getLabels().list()).containsExactly("env=prod", "region=eu");
        assertThat(old.getAllowedFolders().list()).isEmpty();
        assertThat(old.isUsableBy(null)).isTrue();
    }

    @Test
    void aClusterThatNobodyHasFilledInYetIsNotWrong(JenkinsRule jenkins) {
        ClusterDescriptor form = (ClusterDescriptor) new ClusterDefinition("a").getDescriptor();
        assertThat(form.doCheckName("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckServerUrl("", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckCredentialsId("", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckName("a b").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    private static ClusterDefinition full() {
        ClusterDefinition cluster = new ClusterDefinition("prod");
        cluster.setServerUrl("https://prod.example:6443");
        cluster.setCaCertificate("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----");
        cluster.setCredentialsId("prod-token");
        cluster.setDefaultNamespace("shop");
        cluster.setLabels(new Words("env=prod, region=eu"));
        cluster.setAgentLabel("inside");
        cluster.setAllowedFolders(new Words("team-a, team-b/shop"));
        cluster.setAllowedNamespaces(new Words("shop, team-*"));
        cluster.setAllowedKinds(new Words("ConfigMap, *.apps"));
        cluster.setRequestsInFlight(7);
        return cluster;
    }
}
