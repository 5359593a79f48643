package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.triggers.SCMTrigger;
import hudson.util.FormValidation;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** SEMANTICS 8, sync windows, in the queue. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class WindowsTest {
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
        shop.addTrigger(new SCMTrigger(""));
    }

    private void close(boolean manualSync) throws Exception {
        WindowSettings always = new WindowSettings(SyncWindow.Kind.deny, "0 0 * * *", "24h");
        always.setManualSync(manualSync);
        shop.getSync().setWindows(List.of(always));
        shop.save();
    }

    @Test
    void aSyncThatNobodyAskedForWaitsForTheOpeningThenBeginsByItselfAndChecksGoOnMeanwhile() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.commit("greeting", "HELLO");
        close(false);
        SharedHeads.get().forget();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        assertThat(shop.poll(new StreamTaskListener(log, StandardCharsets.UTF_8))
                        .hasChanges())
                .isTrue();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("There are new commits, whose sync waits.")
                .contains("may not be synced now");

        Queue.Item waiting = shop.scheduleSync(new SCMTrigger.SCMTriggerCause(""));
        GitOpsRun check = (GitOpsRun) shop.scheduleCheck().getFuture().get();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(check));

        assertThat(shop.getLastBuild().getMode()).isEqualTo(ReconcileMode.check);
        assertThat(jenkins.jenkins.getQueue().getItem(waiting.getId()).getWhy())
                .contains("window \"deny 0 0 * * * for 24h, UTC\" is open until");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(shop).asNormalizedText()).contains("shop may not be synced now");
        }

        shop.getSync().setWindows(List.of());
        jenkins.jenkins.getQueue().maintain();
        namespace.await(
                "the sync begins",
                Duration.ofSeconds(60),
                () -> applications.live("greeting").equals("HELLO"));
        jenkins.waitUntilNoActivity();
    }

    @Test
    void whatSomebodyAsksForIsRefusedUnlessTheWindowLetsItThroughAndNothingIsHealed() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.setDriftPolicy(DriftPolicy.heal);
        applications.changeByHand("greeting", "by hand");
        close(false);

        shop.scheduleSync(new Cause.UserIdCause()).getFuture().get();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.FAILURE, shop.getLastBuild());
        jenkins.assertLogContains("may not be synced now", shop.getLastBuild());
        GitOpsRun check = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        jenkins.assertLogContains("Not healed. shop may not be synced now", check);
        assertThat(applications.live("greeting")).isEqualTo("by hand");

        close(true);
        shop.scheduleSync(new Cause.UserIdCause()).getFuture().get();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.SUCCESS, shop.getLastBuild());
        assertThat(applications.live("greeting")).isEqualTo("hello");
    }

    @Test
    void theFormKeepsWindowsAndRefusesWrongOnes() throws Exception {
        close(true);
        jenkins.configRoundtrip(shop);

        assertThat(shop.getSync().getWindows()).singleElement().satisfies(window -> {
            assertThat(window.toWindow()).hasToString("deny 0 0 * * * for 24h, UTC");
            assertThat(window.isManualSync()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 8 * * 1-5 | 9h    | Europe/Berlin | OK",
                "0 8 * *     | 9h    | Europe/Berlin | ERROR",
                "H 8 * * *   | 9h    | UTC           | ERROR",
                "0 8 * * *   | 0h    | UTC           | ERROR",
                "0 8 * * *   | long  | UTC           | ERROR",
                "0 8 * * *   | 9h    | Europe/Berlni | ERROR",
            })
    void schedulesDurationsAndTimeZonesAreChecked(String schedule, String duration, String zone, String expected) {
        WindowSettings.DescriptorImpl form = new WindowSettings.DescriptorImpl();
        boolean ok =
                List.of(form.doCheckSchedule(schedule), form.doCheckDuration(duration), form.doCheckTimeZone(zone))
                        .stream()
                        .allMatch(validation -> validation.kind == FormValidation.Kind.OK);
        WindowSettings window = new WindowSettings(SyncWindow.Kind.allow, schedule, duration);
        window.setTimeZone(zone);

        assertThat(ok).isEqualTo(expected.equals("OK"));
        assertThat(window.problem().isEmpty()).isEqualTo(ok);
    }

    @Test
    void whatIsLeftOutIsAskedForAndNotQuoted() {
        WindowSettings.DescriptorImpl form = new WindowSettings.DescriptorImpl();

        assertThat(form.doCheckSchedule(" ").getMessage()).startsWith("Give the times at which it opens");
        assertThat(form.doCheckDuration("").getMessage()).startsWith("Give the time that it stays open");
        assertThat(new WindowSettings(SyncWindow.Kind.allow, "", "9h").problem())
                .hasValue(Messages.WindowSettings_NoSchedule());
        assertThat(form.doCheckSchedule("0 8 * *").getMessage())
                .startsWith("The schedule cannot be read:")
                .containsOnlyOnce("0 8 * *");
    }
}
