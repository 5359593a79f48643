package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.cluster.TestCredentials;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What somebody does on the first day with the plugin, through its pages. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class FirstDayTest {
    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;
    private TestNamespace namespace;
    private JenkinsRule.WebClient client;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        repository = git;
        namespace = inCluster;
        client = rule.createWebClient();
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        repository.init();
        commit("hello");
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void fromAnEmptyJenkinsToTheNameOfWhoChangedTheCluster() throws Exception {
        TestCredentials credentials = new TestCredentials(namespace);
        credentials.addToken("deployer", credentials.token());
        addCluster(credentials.cluster("staging", "deployer").getServerUrl(), credentials);
        GitOpsApplication shop = createApplication();

        GitOpsRun first = poll(shop);
        jenkins.assertBuildStatus(Result.SUCCESS, first);
        assertThat(text(shop, "")).contains("In sync").contains("Synced in");
        assertThat(text(first, "")).contains("Before the sync: 1 object to create");

        String commit = commit("good morning");
        GitOpsRun second = poll(shop);
        assertThat(namespace.read("configmap/settings", "{.data.greeting}")).isEqualTo("good morning");
        assertThat(text(second, ""))
                .contains("Before the sync: 1 object to change")
                .contains(commit.substring(0, 8))
                .doesNotContain("drifted");
        assertThat(text(second, "drift/")).contains("not changed in the cluster");
        assertThat(text(second, "sync/")).contains("ConfigMap settings");

        TestNamespace.Output edit = namespace.tryKubectl(
                "", Map.of("KUBE_EDITOR", "sed -i s/morning/night/"), "edit", "configmap/settings");
        assertThat(edit.exitCode()).as(edit.stderr()).isZero();
        shop.getTriggers().values().stream()
                .filter(CheckTrigger.class::isInstance)
                .findFirst()
                .orElseThrow()
                .run();
        GitOpsRun check = next(shop, second);

        jenkins.assertBuildStatus(Result.UNSTABLE, check);
        assertThat(text(shop, ""))
                .contains("Out of sync")
                .containsPattern("1 object drifted; last change .* by kubectl-edit");
        assertThat(text(shop, "drift/"))
                .contains("data.greeting")
                .contains("good morning")
                .contains("good night")
                .contains("kubectl-edit Update");
        assertThat(text(shop, "history/"))
                .contains("Started by the schedule for drift checks")
                .contains("Started by an SCM change");
    }

    private void addCluster(String server, TestCredentials credentials) throws Exception {
        HtmlForm form = open("manage/configure").getFormByName("config");
        jenkins.getButtonByCaption(form, "Add cluster").click();
        client.waitForBackgroundJavaScript(10_000);
        List<DomNode> clusters = form.querySelectorAll("[name=clusters]");
        DomElement cluster = (DomElement) clusters.getLast();
        cluster.<HtmlInput>querySelector("input[name='_.name']").setValue("staging");
        cluster.<HtmlInput>querySelector("input[name='_.serverUrl']").setValue(server);
        cluster.<HtmlTextArea>querySelector("textarea[name='_.caCertificate']")
                .setText(credentials.cluster("staging", "deployer").getCaCertificate());
        HtmlSelect credential = cluster.querySelector("select[name='_.credentialsId']");
        credential.setSelectedAttribute(credential.getOptionByValue("deployer"), true);
        jenkins.submit(form);
    }

    private GitOpsApplication createApplication() throws Exception {
        WebRequest create = new WebRequest(
                URI.create(jenkins.getURL() + "createItem?name=shop&mode=" + GitOpsApplication.class.getName())
                        .toURL(),
                HttpMethod.POST);
        client.getPage(client.addCrumb(create));
        HtmlForm form = open("job/shop/configure").getFormByName("config");
        HtmlSelect scm = form.querySelectorAll("select.dropdownList").stream()
                .map(HtmlSelect.class::cast)
                .filter(select -> select.getOptions().stream()
                        .anyMatch(option -> option.getText().strip().equals("Git")))
                .findFirst()
                .orElseThrow();
        scm.setSelectedAttribute(scm.getOptionByText("Git"), true);
        client.waitForBackgroundJavaScript(10_000);
        fill(form, "_.url", repository.toString());
        fill(form, "_.path", "deploy");
        HtmlSelect cluster = form.getSelectByName("_.clusterName");
        cluster.setSelectedAttribute(cluster.getOptionByValue("staging"), true);
        fill(form, "_.namespace", namespace.name());
        check(form, CheckTrigger.class);
        check(form, SCMTrigger.class);
        jenkins.submit(form);
        return jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
    }

    private static void fill(HtmlForm form, String field, String value) {
        form.getInputsByName(field).getFirst().setValue(value);
    }

    private static void check(HtmlForm form, Class<?> trigger) {
        ((HtmlInput) form.getInputByName(trigger.getName().replace('.', '-'))).setChecked(true);
    }

    private String commit(String greeting) throws Exception {
        repository.write("deploy/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  greeting: %s
                """.formatted(greeting));
        repository.git("add", "deploy");
        repository.git("commit", "--message=Say " + greeting);
        return repository.head();
    }

    /** Polls as the schedule does, and waits for the build that comes of it. */
    private GitOpsRun poll(GitOpsApplication application) throws Exception {
        GitOpsRun before = application.getLastBuild();
        SharedHeads.get().forget();
        application.getSCMTrigger().run();
        return next(application, before);
    }

    private GitOpsRun next(GitOpsApplication application, GitOpsRun before) throws Exception {
        namespace.await("a build", Duration.ofSeconds(60), () -> application.getLastBuild() != before);
        GitOpsRun run = application.getLastBuild();
        jenkins.waitForCompletion(run);
        jenkins.waitUntilNoActivityUpTo(60_000);
        return run;
    }

    private String text(GitOpsApplication application, String page) throws Exception {
        return open(application.getUrl() + page).asNormalizedText();
    }

    private String text(GitOpsRun run, String page) throws Exception {
        return open(run.getUrl() + page).asNormalizedText();
    }

    /** A page under the enforcing policy, with nothing of ours that the policy forbids: HtmlUnit would run it all the same. */
    private HtmlPage open(String path) throws Exception {
        HtmlPage page = client.goTo(path);
        assertThat(page.getWebResponse().getResponseHeaderValue("Content-Security-Policy"))
                .as(path)
                .contains("script-src");
        assertThat(page.querySelectorAll("script:not([src]):not([type='application/json'])"))
                .as("inline scripts of " + path)
                .isEmpty();
        assertThat(page.getByXPath("//@*[starts-with(name(), 'on')]"))
                .as("handlers of " + path)
                .isEmpty();
        return page;
    }
}
