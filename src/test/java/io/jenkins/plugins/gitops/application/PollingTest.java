package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.plugins.git.GitTool;
import hudson.scm.SCM;
import hudson.triggers.SCMTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.DriftReportAction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import jenkins.scm.SCMDecisionHandler;
import jenkins.scm.api.SCMEvent;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.triggers.ReverseBuildTrigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What makes an application look at its source, how often the server is asked, and what comes of a commit. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class PollingTest {
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
    }

    private static boolean hasChanges(GitOpsApplication application) {
        return application.poll(StreamTaskListener.fromStderr()).hasChanges();
    }

    private static String pollingLog(GitOpsApplication application) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        application.poll(new StreamTaskListener(log, StandardCharsets.UTF_8));
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Counts what Git is run for. */
    private static final class CountingGit {
        private final Path log;

        CountingGit(JenkinsRule jenkins, Path folder) throws Exception {
            log = folder.resolve("git.log");
            Path wrapper = folder.resolve("git.sh");
            Files.writeString(wrapper, "#!/bin/sh\necho \"$1\" >> '" + log + "'\nexec git \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
            jenkins.jenkins
                    .getDescriptorByType(GitTool.DescriptorImpl.class)
                    .setInstallations(new GitTool("Default", wrapper.toString(), List.of()));
        }

        /** How often a server was asked for its heads since the last call. */
        long questions() throws Exception {
            List<String> calls = Files.exists(log) ? Files.readAllLines(log) : List.of();
            Files.deleteIfExists(log);
            return calls.stream().filter("ls-remote"::equals).count();
        }
    }

    @Test
    void oneAnswerServesAllApplicationsOfARepository(@TempDir Path folder) throws Exception {
        CountingGit git = new CountingGit(jenkins, folder);
        List<GitOpsApplication> all = new ArrayList<>(List.of(shop));
        for (int i = 2; i <= 4; i++) {
            GitOpsApplication more = applications.create("shop" + i);
            more.getSync().setAdopt(true);
            all.add(more);
        }
        for (GitOpsApplication each : all) {
            applications.run(each, ReconcileMode.sync);
        }
        all.forEach(each -> assertThat(hasChanges(each)).isFalse());

        for (int round = 0; round < 3; round++) {
            git.questions();
            SharedHeads.get().forget();
            all.forEach(each -> assertThat(hasChanges(each)).isFalse());
            assertThat(git.questions()).isEqualTo(1);
        }

        applications.commitElsewhere("a commit");
        SharedHeads.get().forget();
        all.forEach(each -> assertThat(hasChanges(each)).isTrue());
        assertThat(git.questions())
                .as("the shared answer only keeps the SCM from being asked: it never says that there is something")
                .isEqualTo(1 + all.size());
        all.forEach(each -> assertThat(hasChanges(each)).as("nobody built it").isTrue());
    }

    @Test
    void aCommitBetweenTheSharedAnswerAndAPollIsNoticedWithoutAnotherPoll() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.addTrigger(new SCMTrigger(""));
        hasChanges(shop);
        Thread.sleep(50);

        String commit = applications.commit("greeting", "between");
        assertThat(hasChanges(shop)).isFalse();

        namespace.await(
                "the commit is synced", Duration.ofSeconds(60), () -> "between".equals(applications.live("greeting")));
        assertThat(applications.finished(shop.getLastBuild()).getRevision()).isEqualTo(commit);
    }

    @Test
    void anotherBranchOrSettingAsksAnew() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        hasChanges(shop);
        assertThat(pollingLog(shop)).contains("is where it was");

        shop.getSync().setPrune(true);
        assertThat(pollingLog(shop)).as("no setting of the SCM").contains("is where it was");
        applications.follow(shop, "*/other");
        assertThat(pollingLog(shop)).doesNotContain("is where it was");
    }

    @Test
    void aCommitThatTouchesNothingOfItCostsNoRenderingAndCountsAsSynced() throws Exception {
        GitOpsRun first = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.addTrigger(new SCMTrigger(""));

        String commit = applications.commitElsewhere("first");
        GitOpsRun second = applications.pollAndRun(shop);
        jenkins.assertBuildStatus(Result.SUCCESS, second);
        assertThat(second.isUnchanged()).isTrue();
        assertThat(second.getAction(DriftReportAction.class)).isNull();
        assertThat(second.getChangeSets()).isNotEmpty();
        jenkins.assertLogNotContains("=== Render", second);
        assertThat(shop.getLastSyncedRevision()).isEqualTo(commit);
        assertThat(shop.getLastReportRun()).isEqualTo(first);
        assertThat(hasChanges(shop)).isFalse();

        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        applications.commitElsewhere("second");
        GitOpsRun fourth = applications.pollAndRun(shop);
        assertThat(fourth.isUnchanged()).isTrue();
        assertThat(fourth.getRepeated().getCount()).isEqualTo(1);
        GitOpsRun check = applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(check.getRepeated().getCount()).isEqualTo(1);
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(5, 4, 1);
        SharedHeads.get().forget();
        assertThat(hasChanges(shop)).isFalse();
    }

    @Test
    void whatElseDecidesWhatIsAppliedIsNeverSkipped() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.addTrigger(new SCMTrigger(""));

        shop.getSync().setPrune(true);
        applications.commitElsewhere("with another policy");
        assertThat(applications.pollAndRun(shop).isUnchanged()).isFalse();

        applications.commitElsewhere("when somebody asks");
        assertThat(applications.run(shop, ReconcileMode.sync, Result.SUCCESS).isUnchanged())
                .isFalse();

        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.commitElsewhere("while it is out of sync");
        assertThat(applications.pollAndRun(shop).isUnchanged()).isFalse();
        assertThat(applications.live("greeting")).isEqualTo("hello");
    }

    /** As a forge's plugin makes one of a webhook. */
    private static final class Push extends SCMHeadEvent<String> {
        private final Class<? extends SCM> about;

        Push(Class<? extends SCM> about) {
            super(SCMEvent.Type.UPDATED, "push", "test");
            this.about = about;
        }

        @Override
        public boolean isMatch(@NonNull SCMNavigator navigator) {
            return false;
        }

        @NonNull
        @Override
        public String getSourceName() {
            return "repository";
        }

        @NonNull
        @Override
        public Map<SCMHead, SCMRevision> heads(@NonNull SCMSource source) {
            return Map.of();
        }

        @Override
        public boolean isMatch(@NonNull SCM scm) {
            return about.isInstance(scm);
        }
    }

    @Test
    void aWebhookOfAForgeMakesItsApplicationsPoll() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        hasChanges(shop);
        shop.addTrigger(new SCMTrigger("", true));
        applications.commit("greeting", "pushed");
        SCMHeadEvent.fireNow(new Push(SCM.class));
        Thread.sleep(2000);
        assertThat(shop.getLastBuild().getNumber()).as("it ignores hooks").isEqualTo(1);

        shop.addTrigger(new SCMTrigger(""));
        SCMHeadEvent.fireNow(new Push(hudson.scm.NullSCM.class));
        Thread.sleep(2000);
        assertThat(shop.getLastBuild().getNumber()).as("another source").isEqualTo(1);

        SCMHeadEvent.fireNow(new Push(hudson.plugins.git.GitSCM.class));
        namespace.await(
                "the push is synced", Duration.ofSeconds(60), () -> "pushed".equals(applications.live("greeting")));
        applications.finished(shop.getLastBuild());
    }

    @Test
    void anUpstreamProjectStartsASyncWhenItEnds() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        FreeStyleProject upstream = jenkins.createFreeStyleProject("images");
        shop.addTrigger(new ReverseBuildTrigger("images"));
        applications.commit("greeting", "with the new image");

        jenkins.buildAndAssertSuccess(upstream);

        namespace.await(
                "it is synced",
                Duration.ofSeconds(60),
                () -> "with the new image".equals(applications.live("greeting")));
        GitOpsRun run = applications.finished(shop.getLastBuild());
        assertThat(run.getCause(hudson.model.Cause.UpstreamCause.class).getUpstreamProject())
                .isEqualTo("images");
        assertThat(run.getMode()).isEqualTo(ReconcileMode.sync);
    }

    @TestExtension("whoeverMayDecideKeepsItFromPolling")
    public static final class Veto extends SCMDecisionHandler {
        @Override
        public boolean shouldPoll(@NonNull Item item) {
            return false;
        }
    }

    @Test
    void whoeverMayDecideKeepsItFromPolling() throws Exception {
        assertThat(hasChanges(shop)).isFalse();
        assertThat(pollingLog(shop)).contains("vetoed");
    }
}
