package io.jenkins.plugins.gitops.report;

import static io.jenkins.plugins.gitops.report.Outcomes.ago;
import static io.jenkins.plugins.gitops.report.Outcomes.changed;
import static io.jenkins.plugins.gitops.report.Outcomes.drift;
import static io.jenkins.plugins.gitops.report.Outcomes.drifted;
import static io.jenkins.plugins.gitops.report.Outcomes.health;
import static io.jenkins.plugins.gitops.report.Outcomes.inSync;
import static io.jenkins.plugins.gitops.report.Outcomes.missing;
import static io.jenkins.plugins.gitops.report.Outcomes.scaled;
import static io.jenkins.plugins.gitops.report.Outcomes.sync;
import static io.jenkins.plugins.gitops.report.Outcomes.synced;
import static io.jenkins.plugins.gitops.report.Outcomes.weighed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.application.DriftSettings;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.application.SeveritySettings;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ApplicationReportsTest {
    private static final ObjectDrift DRIFTED = drifted("Deployment", "web", scaled(3, 5, "kubectl"));

    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void application(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = rule.jenkins.createProject(GitOpsApplication.class, "shop");
    }

    @Test
    void anApplicationWithoutReportsSaysSo() throws Exception {
        assertThat(state().getVerdict()).isEqualTo(ApplicationVerdict.Unknown);
        assertThat(text("")).contains("Nothing has been compared or synced yet");
        assertThat(text("drift/")).contains("Not compared yet");
        assertThat(text("history/")).contains("No attempts yet");
    }

    @Test
    void thePageShowsHowDriftWentEvenWhenItsBuildsAreGone() throws Exception {
        assertThat(text("")).doesNotContain("Drift over time");
        GitOpsRun first = attach(Outcomes.of(drift(ago(Duration.ofHours(3)), List.of(), DRIFTED)));
        int gone = first.getNumber();
        attach(Outcomes.of(sync(SyncReport.Result.Succeeded, HealthStatus.Healthy, "")));
        first.delete();

        HtmlPage page = jenkins.createWebClient().getPage(shop);
        assertThat(page.querySelectorAll(".gitops-trend__area")).hasSize(1);
        assertThat(page.querySelectorAll(".gitops-trend__sync")).hasSize(1);
        assertThat(page.querySelector("#gitops-trend-description").getTextContent())
                .contains("No object differs at the last look; 1 at the worst time");
        assertThat(page.asNormalizedText()).contains("The same as a table");
        assertThat(page.querySelectorAll("details a[href$='/" + gone + "/']")).isEmpty();
        assertThat(state().getTrend()).extracting(TrendPoint::getDiffering).containsExactly(1, 0);
    }

    @Test
    void theStateIsTheLastReportsAndOutlivesItsBuild() throws Exception {
        DriftReport report = drift(ago(Duration.ofSeconds(250)), List.of(), DRIFTED);
        GitOpsRun build = attach(new ReconcileOutcome(
                ReportJson.compact(report),
                null,
                null,
                ReportJson.compact(health(DRIFTED, HealthStatus.Degraded)),
                null,
                null,
                null,
                false,
                null,
                0));
        build.delete();

        assertThat(text(""))
                .contains("Out of sync")
                .contains("Degraded")
                .contains("1 object drifted; changed by kubectl");
        assertThat(text("drift/")).contains("spec.replicas").contains("Compared 4 minutes ago");
        assertThat(jenkins.createWebClient()
                        .goTo(shop.getUrl() + "drift/report.json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .isEqualTo(ReportJson.pretty(report) + "\n");
    }

    @Test
    void outOfSyncSinceIsTheFirstOfConsecutiveReports() throws Exception {
        DriftReport first = drift(ago(Duration.ofHours(3)), List.of(), DRIFTED);
        attach(Outcomes.of(first));
        attach(Outcomes.of(drift(ago(Duration.ofHours(1)), List.of(), DRIFTED)));

        assertThat(state().getOutOfSyncSince()).isEqualTo(first.time().toEpochMilli());

        attach(Outcomes.of(drift(inSync("Deployment", "web"))));

        assertThat(state().getVerdict()).isEqualTo(ApplicationVerdict.InSync);
        assertThat(state().getOutOfSyncSince()).isZero();
    }

    @Test
    void aSyncThatLeftNothingUndoneEndsTheDriftThatWasSeenBefore() throws Exception {
        attach(Outcomes.of(drift(ago(Duration.ofHours(1)), List.of(), DRIFTED)));
        attach(Outcomes.of(sync(
                SyncReport.Result.Succeeded,
                HealthStatus.Healthy,
                "",
                synced("Deployment", "web", ObjectSync.Action.configured, 0, 80))));

        assertThat(state().getVerdict()).isEqualTo(ApplicationVerdict.InSync);
        assertThat(state().getHealth()).isEqualTo(HealthStatus.Healthy);
        assertThat(text(""))
                .contains("In sync")
                .contains("Synced in 12 s: 1 changed")
                .contains("last sync #2");
        assertThat(text("drift/")).contains("In sync: sync #2 succeeded");
    }

    @Test
    void aFailedSyncLeavesTheApplicationOutOfSync() throws Exception {
        attach(Outcomes.of(drift(ago(Duration.ofHours(1)), List.of(), DRIFTED)));
        attach(Outcomes.of(sync(SyncReport.Result.Failed, HealthStatus.Degraded, "boom")));

        assertThat(state().getVerdict()).isEqualTo(ApplicationVerdict.OutOfSync);
        assertThat(state().getHealth()).isEqualTo(HealthStatus.Degraded);
    }

    /** What the comparison before it found is no news any more: the sync has written since. */
    @Test
    void theHeadlineIsThatOfTheSyncThatCameLastHoweverItEnded() throws Exception {
        attach(Outcomes.of(drift(ago(Duration.ofHours(1)), List.of(), DRIFTED)));
        attach(Outcomes.of(sync(
                SyncReport.Result.Failed,
                null,
                "the API server answered 500",
                synced("Deployment", "web", ObjectSync.Action.failed, 0, 80))));

        assertThat(state().getHeadline()).isEqualTo("Sync failed in 12 s: 1 failed");
        assertThat(text(""))
                .containsSubsequence(
                        "Sync failed in 12 s: 1 failed",
                        "the API server answered 500",
                        "Before it: 1 object drifted; changed by kubectl");
        assertThat(text("drift/"))
                .containsSubsequence(
                        "Sync failed in 12 s: 1 failed",
                        "sync #2",
                        "the API server answered 500",
                        "What the comparison before that sync found",
                        "1 object drifted; changed by kubectl");

        attach(Outcomes.of(sync(
                SyncReport.Result.Waiting,
                null,
                "waiting for approval of 1: Namespace old",
                synced("Namespace", "old", ObjectSync.Action.waiting, 0, 0))));

        assertThat(state().getHeadline()).isEqualTo("Waiting for approval: 1 waiting");

        attach(Outcomes.of(drift(inSync("Deployment", "web"))));

        assertThat(state().getHeadline()).startsWith("In sync");
        assertThat(text("drift/")).doesNotContain("Waiting for approval");
    }

    /** Rules that are changed later are those of later reports. */
    @Test
    void aReportKeepsTheSeverityThatHeldWhenItWasMade() throws Exception {
        attach(Outcomes.of(drift(weighed(DRIFTED, Severity.critical, ago(Duration.ofHours(1))))));
        SeveritySettings harmless = new SeveritySettings(Severity.info);
        DriftSettings rules = new DriftSettings();
        rules.setSeverity(List.of(harmless));
        shop.setDriftRules(rules);
        shop.save();

        assertThat(text("drift/")).contains("Critical").doesNotContain("Info");
        assertThat(text("1/drift/")).contains("Critical").doesNotContain("Info");
    }

    @Test
    void aBuildWithoutReportShowsItsProblemUntilTheNextOneHasOne() throws Exception {
        attach(Outcomes.of(drift(inSync("Deployment", "web"))));
        attach(Outcomes.ofError("the API server does not answer"));

        assertThat(text(""))
                .contains("In sync")
                .contains("Build #2 ended before it had a report: the API server does not answer");

        attach(Outcomes.of(drift(inSync("Deployment", "web"))));

        assertThat(text("")).doesNotContain("does not answer");
    }

    @Test
    void aBuildThatFailsBeforeItsReportSaysWhyOnEveryPage() throws Exception {
        jenkins.waitForCompletion((GitOpsRun) shop.scheduleSync().getFuture().get());

        String why = "The application has no destination";
        assertThat(text("")).contains("Build #1 ended before it had a report: " + why);
        assertThat(text("1/")).contains(why);
        assertThat(text("history/")).contains(why);
    }

    @Test
    void whatASyncFoundIsWhatGitAsksForAndNoDrift() throws Exception {
        DriftReport report = drift(
                ago(Duration.ofSeconds(20)),
                List.of(),
                drifted(
                        "Deployment",
                        "web",
                        changed(
                                "spec.replicas",
                                IntNode.valueOf(3),
                                IntNode.valueOf(2),
                                "jenkins-gitops",
                                ago(Duration.ofHours(2)))),
                missing("ConfigMap", "settings", null));
        SyncReport done = sync(
                SyncReport.Result.Succeeded,
                HealthStatus.Healthy,
                "",
                synced("Deployment", "web", ObjectSync.Action.configured, 0, 80));
        attach(new ReconcileOutcome(
                ReportJson.compact(report), null, ReportJson.compact(done), null, null, null, null, false, null, 0));

        assertThat(text("1/"))
                .contains("Before the sync: 1 object to change, 1 object to create")
                .contains("Sync result: Synced in 12 s: 1 changed")
                .doesNotContain("drifted");
        assertThat(text("1/drift/"))
                .contains("To change")
                .contains("To create")
                .contains("not changed in the cluster")
                .contains("our last sync applied it 2 hours ago or earlier")
                .doesNotContain("Drifted")
                .doesNotContain("Missing");
    }

    @Test
    void aPartOfTheRemoteApiCanBeAskedFor() throws Exception {
        attach(Outcomes.of(drift(DRIFTED, inSync("Service", "web"))));

        assertThat(jenkins.getJSON(shop.getUrl()
                                + "api/json?tree=actions[verdict,health,outOfSyncSince,drift[drifted,lastManager]]")
                        .getJSONObject()
                        .getJSONArray("actions")
                        .toString())
                .contains("\"drift\":{\"drifted\":1,\"lastManager\":\"kubectl\"}");
        JSONObject object = jenkins.getJSON(
                        shop.getUrl() + "drift/api/json?tree=objects[kind,name,fields[path,manager]]")
                .getJSONObject()
                .getJSONArray("objects")
                .getJSONObject(0);
        assertThat(object.keySet()).isEqualTo(Set.of("kind", "name", "fields"));
        assertThat(object.getJSONArray("fields").getJSONObject(0).getString("manager"))
                .isEqualTo("kubectl");
    }

    @Test
    void historyIsBoundedAndLeadsToOlderBuilds() throws Exception {
        for (int i = 1; i <= 53; i++) {
            attach(Outcomes.of(drift(i % 2 == 0 ? DRIFTED : inSync("Deployment", "web"))));
        }

        assertThat(numbers("history/")).hasSize(50).startsWith("#53").endsWith("#4");
        assertThat(ways("history/")).containsExactly("?before=4");
        assertThat(numbers("history/?before=4")).containsExactly("#3", "#2", "#1");
        assertThat(ways("history/?before=4")).containsExactly(".");
        assertThat(text("history/?before=3"))
                .contains("1 object drifted; changed by kubectl")
                .contains("4f2c9a7b")
                .contains("Started by user SYSTEM");
    }

    @Test
    void theRemoteApiHasStateAndHistory() throws Exception {
        attach(Outcomes.of(drift(DRIFTED)));

        JSONObject state = jenkins.getJSON(shop.getUrl() + "drift/api/json").getJSONObject();
        assertThat(state.getString("verdict")).isEqualTo("OutOfSync");
        assertThat(state.getJSONArray("objects").getJSONObject(0).getString("verdict"))
                .isEqualTo("Drifted");
        assertThat(jenkins.getJSON(shop.getUrl() + "api/json")
                        .getJSONObject()
                        .getJSONArray("actions")
                        .toString())
                .contains("\"verdict\":\"OutOfSync\"");
        JSONObject attempt = jenkins.getJSON(shop.getUrl() + "history/api/json")
                .getJSONObject()
                .getJSONArray("attempts")
                .getJSONObject(0);
        assertThat(attempt.getInt("number")).isEqualTo(1);
        assertThat(attempt.getString("outcome")).isEqualTo("1 object drifted; changed by kubectl");
    }

    /** The build fails, because the application names no cluster; what it would have brought is attached afterwards. */
    private GitOpsRun attach(ReconcileOutcome outcome) throws Exception {
        ReconcileMode mode = outcome.syncJson() == null ? ReconcileMode.check : ReconcileMode.sync;
        Queue.Item item = shop.schedule(mode, List.of(new CauseAction(new Cause.UserIdCause())));
        GitOpsRun build = (GitOpsRun) item.getFuture().get();
        jenkins.waitForCompletion(build);
        Reports.attach(build, outcome);
        return build;
    }

    private List<String> numbers(String below) throws Exception {
        return jenkins
                .createWebClient()
                .goTo(shop.getUrl() + below)
                .querySelectorAll("table.gitops-history tbody tr td:nth-child(2)")
                .stream()
                .map(cell -> cell.getTextContent().strip())
                .toList();
    }

    private List<String> ways(String below) throws Exception {
        return jenkins.createWebClient().goTo(shop.getUrl() + below).querySelectorAll("nav.gitops-paging a").stream()
                .map(link -> ((DomElement) link).getAttribute("href"))
                .toList();
    }

    private ApplicationDriftAction state() {
        return shop.getAction(ApplicationDriftAction.class);
    }

    private String text(String below) throws Exception {
        return jenkins.createWebClient().goTo(shop.getUrl() + below).asNormalizedText();
    }
}
