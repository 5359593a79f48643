package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import jenkins.triggers.ReverseBuildTrigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What starts a build, and which. The application has no destination, so that its builds end at once. Polling is in
 * {@link ReconcileTest}, which has a repository.
 */
@WithJenkins
class TriggersTest {
    private static final Calendar HALF_PAST_FOUR = new GregorianCalendar(2026, Calendar.NOVEMBER, 24, 4, 30);
    private static final Calendar NOON = new GregorianCalendar(2026, Calendar.NOVEMBER, 24, 12, 0);

    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
    }

    private GitOpsRun lastBuild() throws Exception {
        jenkins.waitUntilNoActivityUpTo(60_000);
        return shop.getLastBuild();
    }

    @Test
    void schedulesFireAtTheirMinuteAndOnlyThen() throws Exception {
        shop.addTrigger(new CheckTrigger("30 4 * * *"));
        Trigger.checkTriggers(NOON);
        assertThat(lastBuild()).isNull();

        Trigger.checkTriggers(HALF_PAST_FOUR);
        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.check);
        assertThat(lastBuild().getCause(CheckTrigger.CheckCause.class)).isNotNull();

        shop.setTriggers(List.of(new TimerTrigger("0 12 * * *")));
        Trigger.checkTriggers(HALF_PAST_FOUR);
        assertThat(lastBuild().getNumber()).isEqualTo(1);
        Trigger.checkTriggers(NOON);
        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(lastBuild().getCause(TimerTrigger.TimerTriggerCause.class)).isNotNull();
    }

    @Test
    void anotherJobsBuildStartsASyncAndAManualApplicationIsChecked() throws Exception {
        FreeStyleProject library = jenkins.createFreeStyleProject("library");
        ReverseBuildTrigger after = new ReverseBuildTrigger("library");
        after.setThreshold(Result.SUCCESS);
        shop.addTrigger(after);
        new ItemForm(jenkins, shop).roundtrip();

        jenkins.buildAndAssertSuccess(library);
        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(lastBuild().getCause(Cause.UpstreamCause.class).getUpstreamProject())
                .isEqualTo("library");

        shop.getSync().setAutomatic(false);
        jenkins.buildAndAssertSuccess(library);
        assertThat(lastBuild().getNumber()).isEqualTo(2);
        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.check);
    }

    @Test
    void buildsThatTriggersStartWaitForOneAnotherAndPeopleDoNot() throws Exception {
        shop.setThrottleMinutes(30);
        jenkins.jenkins.getQueue().maintain();
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        assertThat(lastBuild().getNumber()).isEqualTo(1);

        shop.scheduleCheck(new CheckTrigger.CheckCause());
        shop.scheduleBuild2(0, new hudson.model.CauseAction(new TimerTrigger.TimerTriggerCause()));
        jenkins.jenkins.getQueue().maintain();
        Queue.Item waiting = shop.getQueueItem();
        assertThat(waiting.getCauseOfBlockage()).isInstanceOf(Throttle.Waiting.class);
        assertThat(waiting.getWhy()).contains("30 minutes");
        assertThat(jenkins.jenkins.getQueue().getItems(shop)).hasSize(1);

        shop.scheduleSync(new Cause.UserIdCause());
        assertThat(lastBuild().getNumber()).isEqualTo(2);
        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(shop.isInQueue()).isFalse();
    }

    @Test
    void parametersAreAskedForAndGiven() throws Exception {
        shop.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TICKET", "none")));
        new ItemForm(jenkins, shop).roundtrip();
        assertThat(shop.isParameterized()).isTrue();

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            assertThat(client.getPage(shop, "build?delay=0sec").asNormalizedText())
                    .contains("TICKET");
            client.getPage(client.addCrumb(new org.htmlunit.WebRequest(
                    new java.net.URL(client.getContextPath() + shop.getUrl() + "buildWithParameters?TICKET=42"),
                    org.htmlunit.HttpMethod.POST)));
        }

        assertThat(lastBuild().getMode()).isEqualTo(ReconcileMode.sync);
        assertThat(lastBuild()
                        .getAction(ParametersAction.class)
                        .getParameter("TICKET")
                        .getValue())
                .isEqualTo("42");
    }
}
