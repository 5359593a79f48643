package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.tasks.LogRotator;
import hudson.triggers.SCMTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Going back to an earlier sync, and staying there (SEMANTICS 10). */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class RollbackTest {
    private static final String PASSWORD = "correct-horse-battery";

    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        repository = git;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
        shop.addTrigger(new SCMTrigger(""));
    }

    private static String secret(String password) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                stringData: {password: %s}
                """.formatted(password);
    }

    /** Two syncs: the second changed the greeting and the password, and added the farewell. */
    private void syncTwice() throws Exception {
        applications.commitManifest("login", secret(PASSWORD));
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.commitManifest("login", secret("another"));
        applications.commit("greeting", "HELLO");
        applications.commit("farewell", "goodbye");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
    }

    private GitOpsRun rollBack(int build, String reason, Result expected) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo(shop.getUrl() + build + "/rollback/");
            HtmlForm form = page.getFormByName("rollback");
            form.getInputByName("reason").setValue(reason);
            jenkins.submit(form);
        }
        jenkins.waitUntilNoActivityUpTo(120_000);
        return jenkins.assertBuildStatus(expected, shop.getLastBuild());
    }

    private String page(String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            return client.goTo(shop.getUrl() + path).asNormalizedText();
        }
    }

    private String poll() throws Exception {
        SharedHeads.get().forget();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        assertThat(shop.poll(new StreamTaskListener(log, StandardCharsets.UTF_8))
                        .hasChanges())
                .isFalse();
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itAppliesWhatTheEarlierSyncAppliedThoughGitHasLostItAndStaysThereUntilUnpinned() throws Exception {
        syncTwice();
        forgetHistoryOfGit();

        String confirmation = page("1/rollback/");
        assertThat(confirmation)
                .contains("3 objects change")
                .contains("farewell")
                .contains("Deleted")
                .contains("data.text")
                .contains("HELLO")
                .doesNotContain(PASSWORD)
                .doesNotContain("YW5vdGhlcg");
        GitOpsRun rollback = rollBack(1, "the greeting is too loud", Result.SUCCESS);

        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(namespace.exists("configmap/farewell")).isFalse();
        assertThat(namespace.read("secret/login", "{.data.password}")).isEqualTo("Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5");
        assertThat(rollback.getWhat()).contains("Rollback to #1").contains("the greeting is too loud");
        assertThat(rollback.isRestorable()).isTrue();
        assertThat(page(""))
                .contains("Pinned to #1 by anonymous: the greeting is too loud")
                .contains("Un-pin");
        assertThat(page("history/")).contains("Rollback");
        assertThat(api("pin/")).contains("\"pinnedTo\":1").contains("\"reason\":\"the greeting is too loud\"");

        applications.commit("greeting", "HELLO AGAIN");
        assertThat(poll()).contains("There are new commits. Nothing is built. Pinned to #1 by anonymous");
        assertThat(applications.run(shop, ReconcileMode.check, Result.SUCCESS).getRevision())
                .isEqualTo(shop.getBuildByNumber(1).getRevision());
        jenkins.assertLogContains("Compared with that, not with Git", shop.getLastBuild());

        unpin();
        assertThat(applications.live("greeting")).as("caught up with Git").isEqualTo("HELLO AGAIN");
        assertThat(page("")).doesNotContain("Pinned");
        assertThat(Audit.lines(shop).lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("\"action\":\"rollback\"")
                        .contains("\"target\":1")
                        .contains("\"result\":\"Succeeded\"")
                        .contains("\"by\":\"anonymous\"")
                        .contains("\"reason\":\"the greeting is too loud\""))
                .anySatisfy(line -> assertThat(line).contains("\"action\":\"unpin\""));
    }

    @Test
    void whatLeftGitAndIsStillInTheClusterIsKeptNotCreated() throws Exception {
        applications.commit("farewell", "goodbye");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.removeManifest("farewell");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);

        assertThat(page("1/rollback/"))
                .as("by what the sync left")
                .contains("1 object changes", "farewell", "Kept", "it was not pruned")
                .doesNotContain("Created");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(page("1/rollback/")).as("by what a check saw").contains("Kept");

        namespace.kubectl("delete", "configmap", "farewell");
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(page("1/rollback/")).contains("Created").doesNotContain("Kept");
    }

    private void unpin() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            jenkins.submit(client.goTo(shop.getUrl()).getFormByName("unpin"));
        }
        jenkins.waitUntilNoActivityUpTo(120_000);
    }

    private String api(String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            return client.goTo(shop.getUrl() + path + "api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    /** As somebody who rewrites the branch and collects garbage. */
    private void forgetHistoryOfGit() throws Exception {
        repository.git("checkout", "--orphan", "fresh");
        repository.git("commit", "--all", "--message=all of it");
        repository.git("branch", "--delete", "--force", "master");
        repository.git("branch", "--move", "master");
        repository.git("reflog", "expire", "--expire=now", "--all");
        repository.git("gc", "--prune=now", "--quiet");
    }

    @Test
    void healingGoesTowardsThePinAndAutomaticSyncsDoNotBegin() throws Exception {
        syncTwice();
        shop.setDriftPolicy(DriftPolicy.heal);
        rollBack(1, "", Result.SUCCESS);
        applications.commit("greeting", "newer");

        applications.changeByHand("greeting", "by hand");
        assertThat(applications.run(shop, ReconcileMode.check, Result.SUCCESS).isHealed())
                .isTrue();
        assertThat(applications.live("greeting")).isEqualTo("hello");

        shop.scheduleBuild2(0, new CauseAction(new CheckTrigger.CheckCause())).get();
        assertThat(shop.getLastBuild().getMode()).isEqualTo(ReconcileMode.check);
        shop.scheduleSync(new SCMTrigger.SCMTriggerCause("")).getFuture().get();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.NOT_BUILT, shop.getLastBuild());
        shop.scheduleSync(new Cause.UserIdCause()).getFuture().get();
        jenkins.waitUntilNoActivity();
        GitOpsRun refused = jenkins.assertBuildStatus(Result.FAILURE, shop.getLastBuild());
        jenkins.assertLogContains("Nothing is synced until it is un-pinned", refused);
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(applications.run(shop, ReconcileMode.dryRun, Result.SUCCESS).getRevision())
                .as("a preview says what un-pinning would bring")
                .isEqualTo(repository.head());
    }

    @Test
    void aPinHoldsWhatWasSyncedLastAndARollbackThatWritesNothingLeavesThePinAsItWas() throws Exception {
        syncTwice();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo(shop.getUrl() + "pin/");
            assertThat(page.querySelectorAll("#breadcrumbs li"))
                    .extracting(DomNode::asNormalizedText)
                    .last()
                    .isEqualTo("Pin");
            HtmlForm form = page.getFormByName("pin");
            form.getInputByName("reason").setValue("freeze until Monday");
            jenkins.submit(form);
        }
        assertThat(page("")).contains("Pinned to #2 by anonymous: freeze until Monday");

        applications.stopReaching();
        GitOpsRun failed = rollBack(1, "try", Result.FAILURE);

        jenkins.assertLogContains("held where it was before", failed);
        assertThat(page("")).contains("Pinned to #2 by anonymous: freeze until Monday");
    }

    @Test
    void setsAreKeptOnceWithoutAnySecretInClearAndGoWithTheirBuilds() throws Exception {
        syncTwice();
        rollBack(1, "", Result.SUCCESS);
        assertThat(sets()).hasSize(2);
        try (Stream<Path> files = Files.walk(shop.getRootDir().toPath())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(PASSWORD)
                            .doesNotContain("Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5"));
        }

        unpin();
        shop.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
        shop.logRotate();
        applications.commit("greeting", "newest");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.logRotate();
        applications.commit("greeting", "newest of all");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);

        assertThat(sets()).as("the last two, and what they share").hasSizeLessThanOrEqualTo(3);
        assertThat(new AppliedSets(shop).read(new AppliedSets(shop).last().orElseThrow()))
                .hasSize(3);
    }

    private List<Path> sets() throws IOException {
        try (Stream<Path> files = Files.list(shop.getRootDir().toPath().resolve("gitops/sets"))) {
            return files.toList();
        }
    }

    @Test
    void onlyWhoMayRollBackDoesAndNeverByALink() throws Exception {
        syncTwice();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, GitOpsPermissions.ROLLBACK)
                .everywhere()
                .to("keeper"));
        for (String change : new String[] {"1/rollback/rollback", "pin/pin", "pin/unpin"}) {
            assertThat(status("builder", change, HttpMethod.POST)).as(change).isEqualTo(403);
            assertThat(status("keeper", change, HttpMethod.GET)).as(change).isIn(404, 405);
        }
        assertThat(status("builder", "1/rollback/", HttpMethod.GET)).isEqualTo(403);
        assertThat(status("builder", "history/audit.jsonl", HttpMethod.GET)).isEqualTo(403);
        assertThat(new Pins(shop).isPinned()).isFalse();
        assertThat(status("keeper", "pin/pin", HttpMethod.POST)).isEqualTo(200);
        assertThat(new Pins(shop).pin().orElseThrow().by()).isEqualTo("keeper");
    }

    private int status(String user, String path, HttpMethod method) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.getOptions().setJavaScriptEnabled(false);
            client.login(user);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), shop.getUrl() + path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
