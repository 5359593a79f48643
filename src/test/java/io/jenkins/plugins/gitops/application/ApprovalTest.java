package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a sync leaves waiting is done after somebody approved it by name (SEMANTICS 7 and 12). */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class ApprovalTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
        shop.getSync().setPrune(true);
        for (String name : List.of("one", "two")) {
            applications.commitManifest(name, """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %s, annotations: {gitops.jenkins.io/sync-options: Prune=confirm}}
                    """.formatted(name));
        }
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.removeManifest("one");
        applications.removeManifest("two");
        applications.run(shop, ReconcileMode.sync, Result.UNSTABLE);
    }

    private String key(String name) {
        return "ConfigMap " + namespace.name() + "/" + name;
    }

    @Test
    void whatWasApprovedOnThePageIsPrunedAndTheRestGoesOnWaiting() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(shop).asNormalizedText()).contains("2 objects wait for an approval", "Review");
            assertThat(client.getPage(shop.getLastBuild()).asNormalizedText())
                    .contains("2 objects wait for an approval");
            HtmlPage page = client.goTo(shop.getLastBuild().getUrl() + "approve/");
            assertThat(page.asNormalizedText()).contains("ConfigMap one", "ConfigMap two", "Prune=confirm");
            HtmlForm form = page.getFormByName("approve");
            for (var box : form.getInputsByName("object")) {
                ((HtmlCheckBoxInput) box).setChecked(box.getValue().equals(key("one")));
            }
            form.getInputByName("reason").setValue("moved to another cluster");
            jenkins.submit(form);
        }
        jenkins.waitUntilNoActivityUpTo(120_000);

        jenkins.assertBuildStatus(Result.UNSTABLE, shop.getBuildByNumber(3));
        assertThat(namespace.exists("configmap/one")).isFalse();
        assertThat(namespace.exists("configmap/two")).isTrue();
        assertThat(Audit.lines(shop).lines().filter(line -> line.contains("\"action\":\"approve\"")))
                .singleElement()
                .asString()
                .contains("moved to another cluster", "\"objects\":[\"" + key("one") + "\"]");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo(shop.getUrl() + "2/approve/").asNormalizedText())
                    .as("the older question")
                    .contains("#3 has synced since");
            assertThat(client.goTo(shop.getUrl() + "3/approve/").asNormalizedText())
                    .contains("1 object waits for an approval")
                    .doesNotContain("ConfigMap one");
        }
    }

    @Test
    void onlyWhoMaySyncApprovesAndOnlyWhatWaits() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, GitOpsPermissions.SYNC)
                .everywhere()
                .to("operator"));

        assertThat(post("reader", key("one"))).isEqualTo(403);
        assertThat(status("reader", HttpMethod.GET, "", "")).as("the page").isEqualTo(403);
        assertThat(status("operator", HttpMethod.GET, "approve", key("one"))).isEqualTo(405);
        assertThat(post("operator", "ConfigMap " + namespace.name() + "/greeting"))
                .isEqualTo(400);
        assertThat(post("operator", "")).isEqualTo(400);
        assertThat(shop.getLastBuild().getNumber()).isEqualTo(2);

        assertThat(post("operator", key("two"))).isEqualTo(200);
        jenkins.waitUntilNoActivityUpTo(120_000);
        assertThat(namespace.exists("configmap/two")).isFalse();
        assertThat(namespace.exists("configmap/one")).isTrue();
        assertThat(Audit.lines(shop)).contains("\"by\":\"operator\"");
    }

    private int post(String user, String object) throws Exception {
        return status(user, HttpMethod.POST, "approve", object);
    }

    private int status(String user, HttpMethod method, String action, String object) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.setThrowExceptionOnFailingStatusCode(false);
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), shop.getUrl() + "2/approve/" + action), method);
            if (method == HttpMethod.POST) {
                request = client.addCrumb(request);
                List<NameValuePair> parameters = new ArrayList<>(request.getRequestParameters());
                if (!object.isEmpty()) {
                    parameters.add(new NameValuePair("object", object));
                }
                request.setRequestParameters(parameters);
            }
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
