package io.jenkins.plugins.gitops.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.render.HelmSettings;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ImportPageTest {
    private static final String APPLICATIONS = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: shop, namespace: argocd}
            spec:
              source:
                repoURL: https://git.example.com/shop.git
                targetRevision: main
                path: charts/shop
                helm: {valueFiles: [production.yaml], values: "replicas: 2"}
              destination: {server: 'https://10.0.0.1:6443/', namespace: web}
              syncPolicy: {managedNamespaceMetadata: {labels: {team: shop}}}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: flux-system}
            spec: {interval: 1m, url: 'https://git.example.com/fleet', ref: {tag: v1.4}}
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: podinfo, namespace: flux-system}
            spec: {interval: 10m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: fleet}}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: {name: charts, namespace: flux-system}
            spec: {url: 'https://charts.example.com'}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: redis, namespace: data}
            spec:
              interval: 1h
              chart: {spec: {chart: redis, version: 19.x, sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}}}
              values: {replicas: 3}
            """;

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(0);
        team = jenkins.createProject(Folder.class, "team");
        ClusterDefinition production = new ClusterDefinition("production");
        production.setServerUrl("https://10.0.0.1:6443");
        GitOpsConfiguration.get().setClusters(List.of(production));
    }

    private static HtmlButton button(HtmlForm form, String target) {
        return form.getFirstByXPath(".//button[@formaction='" + target + "']");
    }

    @Test
    void whatTheFormShowsIsMadeInTheFolder() throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage folder = browser.getPage(team);
            HtmlPage page =
                    folder.getAnchorByHref("/jenkins/job/team/gitops-import").click();
            HtmlForm form = page.getFormByName("import");
            ((HtmlTextArea) form.getTextAreaByName("text")).setText(APPLICATIONS);
            HtmlPage preview = (HtmlPage) ((HtmlButton) form.getFirstByXPath(".//button[@type='submit']")).click();

            String shown = preview.getBody().asNormalizedText();
            assertThat(shown)
                    .contains("3 applications would be made")
                    .contains("Application argocd/shop")
                    .contains("https://git.example.com/fleet v1.4 apps")
                    .contains("https://charts.example.com redis 19.x")
                    .contains("production / web")
                    .contains("spec.syncPolicy.managedNamespaceMetadata")
                    .contains("labels and annotations of the namespace are declared in Git");
            assertThat(team.getItems()).isEmpty();

            Page file = button(preview.getFormByName("import"), "download").click();
            assertThat(file.getWebResponse().getContentAsString())
                    .contains("kind: Application\nmetadata:\n  name: shop")
                    .contains("---\n")
                    .contains("# Not mapped: spec.syncPolicy.managedNamespaceMetadata");
            assertThat(team.getItems()).isEmpty();

            Page made = button(preview.getFormByName("import"), "create").click();
            assertThat(made.getUrl().getPath()).isEqualTo("/jenkins/job/team/");
        }

        assertThat(team.getItems()).extracting(Item::getName).containsExactlyInAnyOrder("shop", "podinfo", "redis");
        GitOpsApplication shop = (GitOpsApplication) team.getItem("shop");
        assertThat(((HelmSettings) shop.getSource().getRenderer()).getValueFiles())
                .containsExactly("production.yaml");
        assertThat(shop.getClusterName()).isEqualTo("production");
        assertThat(shop.getSync().isAutomatic()).isFalse();
        assertThat(shop.getDescription()).isEqualTo("Imported from Application argocd/shop");
        GitOpsApplication podinfo = (GitOpsApplication) team.getItem("podinfo");
        assertThat(((GitSCM) podinfo.getScm()).getBranches().get(0).getName()).isEqualTo("v1.4");
        assertThat(podinfo.getTriggers()).hasSize(2);
        GitOpsApplication redis = (GitOpsApplication) team.getItem("redis");
        assertThat(((HelmSettings) redis.getSource().getRenderer()).getValues()).contains("replicas: 3");
        // Saved, and not only in memory.
        jenkins.jenkins.reload();
        GitOpsApplication again = jenkins.jenkins.getItemByFullName("team/redis", GitOpsApplication.class);
        assertThat(((HelmSettings) again.getSource().getRenderer()).getChart().getVersion())
                .isEqualTo("19.x");
        assertThat(again.getUuid()).isEqualTo(redis.getUuid());
    }

    private Page submit(String user, HttpMethod method, String page, String yaml) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.getOptions().setJavaScriptEnabled(false);
            if (user != null) {
                client.login(user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), "job/team/gitops-import/" + page), method);
            if (method == HttpMethod.POST) {
                request.setRequestParameters(List.of(
                        new NameValuePair("fileName", "apps.yaml"),
                        new NameValuePair("fileText", yaml),
                        new NameValuePair("cluster", "production")));
                client.addCrumb(request);
            }
            return client.getPage(request);
        }
    }

    @Test
    void whatIsInTheWayOfOneIsInTheWayOfAll() throws Exception {
        jenkins.createFolder("other");
        team.createProject(GitOpsApplication.class, "redis");

        Page taken = submit(null, HttpMethod.POST, "create", APPLICATIONS);
        assertThat(taken.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(taken.getWebResponse().getContentAsString()).contains("redis: team has an item redis already");

        Page unknown = submit(null, HttpMethod.POST, "create", APPLICATIONS.replace("10.0.0.1", "10.9.9.9"));
        assertThat(unknown.getWebResponse().getContentAsString())
                .contains("shop: there is no cluster https://10.9.9.9:6443 that team can use")
                .contains("There are: production");

        assertThat(submit(null, HttpMethod.POST, "create", "kind: [")
                        .getWebResponse()
                        .getContentAsString())
                .contains("apps.yaml:1");
        assertThat(submit(null, HttpMethod.POST, "create", "kind: ConfigMap")
                        .getWebResponse()
                        .getContentAsString())
                .contains("There is no application in it");
        assertThat(team.getItems()).extracting(Item::getName).containsExactly("redis");
    }

    @Test
    void onlyWhoMayMakeItemsImports() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CREATE)
                .everywhere()
                .to("maker"));

        for (String page : new String[] {"preview", "create", "download"}) {
            assertThat(submit("reader", HttpMethod.POST, page, APPLICATIONS)
                            .getWebResponse()
                            .getStatusCode())
                    .as(page)
                    .isEqualTo(403);
            assertThat(submit("maker", HttpMethod.GET, page, "")
                            .getWebResponse()
                            .getStatusCode())
                    .as(page)
                    .isEqualTo(405);
        }
        assertThat(submit("reader", HttpMethod.GET, "", "").getWebResponse().getStatusCode())
                .isEqualTo(403);
        assertThat(submit("maker", HttpMethod.GET, "", "").getWebResponse().getStatusCode())
                .isEqualTo(200);
        assertThat(team.getItems()).isEmpty();
        submit("maker", HttpMethod.POST, "create", APPLICATIONS);
        assertThat(team.getItems()).hasSize(3);
    }
}
