package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.RevisionParameterAction;
import hudson.triggers.TimerTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class QueueTest {
    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(0);
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
    }

    @AfterEach
    void clear() {
        jenkins.jenkins.getQueue().clear();
    }

    private List<ReconcileMode> queued() {
        List<ReconcileMode> modes = new ArrayList<>();
        for (Queue.Item item : jenkins.jenkins.getQueue().getItems(shop)) {
            modes.add(item.getAction(ModeAction.class).getMode());
        }
        return modes;
    }

    private void empty() {
        jenkins.jenkins.getQueue().clear();
    }

    @Test
    void aSyncSwallowsACheckAndNeverTheReverse() {
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        assertThat(queued()).containsExactly(ReconcileMode.check);

        shop.scheduleSync(new Cause.UserIdCause());
        assertThat(queued()).containsExactly(ReconcileMode.sync);
        Queue.Item item = jenkins.jenkins.getQueue().getItem(shop);
        assertThat(item.getCauses())
                .hasAtLeastOneElementOfType(Cause.UserIdCause.class)
                .hasAtLeastOneElementOfType(CheckTrigger.CheckCause.class);

        shop.scheduleCheck(new CheckTrigger.CheckCause());
        assertThat(queued()).containsExactly(ReconcileMode.sync);

        empty();
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        shop.scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause()));
        assertThat(queued()).containsExactly(ReconcileMode.sync);
    }

    @Test
    void aHardRefreshGoesWithWhateverIsQueuedAlready() {
        shop.scheduleSync(new Cause.UserIdCause());
        shop.schedule(ReconcileMode.check, List.of(new HardRefresh.Asked()));
        shop.schedule(ReconcileMode.check, List.of(new HardRefresh.Asked()));

        assertThat(queued()).containsExactly(ReconcileMode.sync);
        assertThat(jenkins.jenkins.getQueue().getItem(shop).getActions(HardRefresh.Asked.class))
                .hasSize(1);
    }

    @Test
    void pollingBeginsTheFirstSyncThoughACheckIsOnItsWay() {
        shop.setScm(new GitSCM("https://git.invalid/shop.git"));
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        assertThat(shop.poll(StreamTaskListener.fromStderr()).hasChanges()).isTrue();

        shop.scheduleSync(new Cause.UserIdCause());
        assertThat(shop.poll(StreamTaskListener.fromStderr()).hasChanges()).isFalse();
    }

    @Test
    void whatDiffersInMoreThanTheModeStaysApart() {
        shop.scheduleSync(new Cause.UserIdCause());
        shop.schedule(ReconcileMode.dryRun, List.of());
        assertThat(queued()).containsExactlyInAnyOrder(ReconcileMode.sync, ReconcileMode.dryRun);

        empty();
        shop.scheduleSync(new Cause.UserIdCause());
        shop.schedule(
                ReconcileMode.sync, List.of(new RevisionParameterAction("0123456789012345678901234567890123456789")));
        assertThat(queued()).hasSize(2);

        empty();
        shop.scheduleSync(new Cause.UserIdCause());
        shop.schedule(ReconcileMode.sync, List.of(new RemovalAction(false, false, false)));
        assertThat(queued()).hasSize(2);
        shop.schedule(ReconcileMode.sync, List.of(new RemovalAction(false, false, false)));
        assertThat(queued()).hasSize(2);
        shop.schedule(ReconcileMode.sync, List.of(new RemovalAction(false, true, false)));
        assertThat(queued()).as("another choice").hasSize(3);
    }

    @Test
    void aManualApplicationIsCheckedByTriggersAndSyncedForPeopleAndPipelines() throws Exception {
        shop.getSync().setAutomatic(false);
        Cause upstream = new Cause.UpstreamCause((hudson.model.Run<?, ?>) jenkins.buildAndAssertSuccess(onAgent()));
        for (Cause cause : Arrays.asList(new TimerTrigger.TimerTriggerCause(), upstream)) {
            shop.scheduleBuild2(0, new CauseAction(cause));
            assertThat(queued()).as("%s", cause).containsExactly(ReconcileMode.check);
            empty();
        }
        for (Cause cause : Arrays.asList(new Cause.UserIdCause(), new Cause.RemoteCause("somewhere", "a note"))) {
            shop.scheduleBuild2(0, new CauseAction(cause));
            assertThat(queued()).as("%s", cause).containsExactly(ReconcileMode.sync);
            empty();
        }
    }

    private hudson.model.FreeStyleProject onAgent() throws Exception {
        hudson.model.FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedNode(jenkins.createSlave());
        return project;
    }

    @Test
    void aDisabledApplicationLeavesTheQueueAndTakesNothing() throws Exception {
        shop.scheduleSync(new Cause.UserIdCause());
        shop.makeDisabled(true);
        assertThat(queued()).isEmpty();
        assertThat(shop.scheduleCheck(new CheckTrigger.CheckCause())).isNull();
        shop.makeDisabled(false);
        assertThat(shop.scheduleCheck(new CheckTrigger.CheckCause())).isNotNull();
    }
}
