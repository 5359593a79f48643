package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.scm.ChangeLogSet;
import hudson.scm.PollingResult;
import hudson.triggers.SCMTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.DriftReportAction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithCluster
@WithJenkins
@WithGitSampleRepo
class ReconcileTest {
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
    }

    private PollingResult poll() {
        SharedHeads.get().forget();
        return shop.poll(StreamTaskListener.fromStderr());
    }

    private static List<String> changes(GitOpsRun run) {
        List<String> commits = new ArrayList<>();
        for (ChangeLogSet<? extends ChangeLogSet.Entry> set : run.getChangeSets()) {
            set.forEach(entry -> commits.add(entry.getCommitId()));
        }
        return commits;
    }

    /** The trap of every GitOps item on top of an SCM: what a check saw must still be synced. */
    @Test
    void onlyASyncMovesWhatPollingComparesWith() throws Exception {
        assertThat(poll().change).isEqualTo(PollingResult.Change.INCOMPARABLE);
        GitOpsRun first = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(first.getRevision()).isEqualTo(repository.head());
        assertThat(shop.getLastSyncedRevision()).isEqualTo(repository.head());
        assertThat(poll().hasChanges()).isFalse();

        String synced = repository.head();
        String commit = applications.commit("greeting", "good morning");
        GitOpsRun check = applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(check.getRevision()).isEqualTo(synced);
        assertThat(check.getChangeSets()).isEmpty();
        GitOpsRun preview = applications.run(shop, ReconcileMode.dryRun, Result.SUCCESS);
        assertThat(preview.getRevision()).isEqualTo(commit);
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(poll().hasChanges()).isTrue();

        GitOpsRun second = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("good morning");
        assertThat(changes(second)).containsExactly(commit);
        assertThat(poll().hasChanges()).isFalse();

        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(poll().hasChanges()).isFalse();
        assertThat(changes(shop.getBuildByNumber(second.getNumber()))).containsExactly(commit);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(shop, "changes").getWebResponse().getContentAsString())
                    .contains("change greeting");
            client.getPage(shop);
            client.getPage(shop, "remove");
            assertThat(client.getPage(second).asNormalizedText()).contains(commit.substring(0, 8));
            client.getPage(second, "changes");
            client.getPage(second, "console");
        }
    }

    @Test
    void aPushStartsASync() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.addTrigger(new SCMTrigger(""));
        String commit = applications.commit("greeting", "good evening");

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.goTo(
                    "git/notifyCommit?url=" + URLEncoder.encode(repository.toString(), StandardCharsets.UTF_8)
                            + "&token="
                            + hudson.ExtensionList.lookupSingleton(
                                            hudson.plugins.git.ApiTokenPropertyConfiguration.class)
                                    .generateApiToken("test")
                                    .getString("value"),
                    "text/plain");
        }
        namespace.await(
                "the push is synced",
                java.time.Duration.ofSeconds(60),
                () -> shop.getLastBuild().getNumber() == 2);
        GitOpsRun run = applications.finished(shop.getLastBuild());

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertThat(run.getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(run.getCause(SCMTrigger.SCMTriggerCause.class)).isNotNull();
        assertThat(changes(run)).containsExactly(commit);
        assertThat(applications.live("greeting")).isEqualTo("good evening");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getPage(shop, "scmPollLog");
        }
    }

    @Test
    void aScheduledCheckReportsWhoChangedWhatAndHealingRestoresIt() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("greeting", "hacked");
        CheckTrigger trigger = new CheckTrigger("@yearly");
        shop.addTrigger(trigger);

        trigger.run();
        namespace.await(
                "the check runs",
                java.time.Duration.ofSeconds(60),
                () -> shop.getLastBuild().getNumber() == 2);
        GitOpsRun check = applications.finished(shop.getLastBuild());

        jenkins.assertBuildStatus(Result.UNSTABLE, check);
        assertThat(check.getCause(CheckTrigger.CheckCause.class)).isNotNull();
        assertThat(check.getAction(DriftReportAction.class).getSummary().getLastManager())
                .isEqualTo("kubectl-patch");
        assertThat(shop.getLastReportRun()).isEqualTo(check);
        assertThat(applications.live("greeting")).isEqualTo("hacked");

        shop.setDriftPolicy(DriftPolicy.heal);
        GitOpsRun healing = applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(healing.isHealed()).isTrue();
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(healing.isWriting()).isFalse();

        applications.commit("greeting", "newer");
        applications.changeByHand("greeting", "hacked again");
        jenkins.assertBuildStatus(
                Result.UNSTABLE,
                shop.getBuildByNumber(
                        applications.run(shop, ReconcileMode.check).getNumber()));
        namespace.await(
                "a sync instead",
                java.time.Duration.ofSeconds(90),
                () -> "newer".equals(applications.live("greeting")));
        applications.finished(shop.getLastBuild());
        assertThat(shop.getLastBuild().getCause(HealCause.class)).isNotNull();
    }

    @Test
    void checksThatFoundNothingAreOneBuild() throws Exception {
        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        GitOpsRun third = applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(4, 1);
        assertThat(third.getRepeated().getCount()).isEqualTo(2);
        assertThat(sync.getWhyKeepLog()).isNotNull();
        assertThat(poll().hasChanges()).isFalse();

        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        GitOpsRun drifted = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(6, 4, 1);
        assertThat(drifted.getRepeated().getCount()).isEqualTo(1);
        assertThat(shop.getLastReportRun()).isEqualTo(drifted);
        assertThat(shop.getLastSuccessfulBuild().getNumber()).isEqualTo(6);
        assertThat(shop.getLastStableBuild().getNumber()).isEqualTo(4);

        shop.setCollapseChecks(false);
        applications.changeByHand("greeting", "hello");
        applications.run(shop, ReconcileMode.check);
        applications.run(shop, ReconcileMode.check);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(8, 7, 6, 4, 1);
        jenkins.jenkins.reload();
        GitOpsApplication loaded = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
        assertThat(loaded.getBuildByNumber(4).getRepeated().getCount()).isEqualTo(2);
        assertThat(loaded.getBuildByNumber(1).getRevision()).isEqualTo(sync.getRevision());
        assertThat(loaded.poll(StreamTaskListener.fromStderr()).hasChanges()).isFalse();
    }

    @Test
    void aCheckThatFoundSomethingElseOrThatSomebodyNeedsStays() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("greeting", "hacked");
        GitOpsRun kept = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        kept.keepLog(true);
        shop.scheduleCheck(new hudson.model.Cause.UserIdCause());
        jenkins.waitUntilNoActivity();
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(4, 3, 2, 1);
        assertThat(shop.getLastBuild().getRepeated()).isNull();

        applications.changeByHand("greeting", "hacked again");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void aManualApplicationIsSyncedOnlyWhenSomebodyAsks() throws Exception {
        shop.getSync().setAutomatic(false);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.commit("greeting", "unreviewed");

        assertThat(poll().hasChanges()).isFalse();
        assertThat(shop.isBehind()).isTrue();
        shop.scheduleBuild2(0, new hudson.model.CauseAction(new hudson.triggers.TimerTrigger.TimerTriggerCause()));
        jenkins.waitUntilNoActivity();
        assertThat(shop.getLastBuild().getMode()).isEqualTo(ReconcileMode.check);
        assertThat(applications.live("greeting")).isEqualTo("hello");

        shop.scheduleBuild2(0, new hudson.model.CauseAction(new hudson.model.Cause.UserIdCause()));
        jenkins.waitUntilNoActivity();
        assertThat(shop.getLastBuild().getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(applications.live("greeting")).isEqualTo("unreviewed");
        assertThat(shop.isBehind()).isFalse();
    }
}
