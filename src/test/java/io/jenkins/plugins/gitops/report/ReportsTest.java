package io.jenkins.plugins.gitops.report;

import static io.jenkins.plugins.gitops.report.Outcomes.ago;
import static io.jenkins.plugins.gitops.report.Outcomes.changed;
import static io.jenkins.plugins.gitops.report.Outcomes.drift;
import static io.jenkins.plugins.gitops.report.Outcomes.drifted;
import static io.jenkins.plugins.gitops.report.Outcomes.extra;
import static io.jenkins.plugins.gitops.report.Outcomes.gone;
import static io.jenkins.plugins.gitops.report.Outcomes.inSync;
import static io.jenkins.plugins.gitops.report.Outcomes.missing;
import static io.jenkins.plugins.gitops.report.Outcomes.plan;
import static io.jenkins.plugins.gitops.report.Outcomes.removed;
import static io.jenkins.plugins.gitops.report.Outcomes.scaled;
import static io.jenkins.plugins.gitops.report.Outcomes.secret;
import static io.jenkins.plugins.gitops.report.Outcomes.sync;
import static io.jenkins.plugins.gitops.report.Outcomes.synced;
import static io.jenkins.plugins.gitops.report.Outcomes.unknown;
import static io.jenkins.plugins.gitops.report.Outcomes.weighed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.ObservedBetween;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReportsTest {
    private static final Duration MINUTES = Duration.ofSeconds(250);

    private JenkinsRule jenkins;
    private FreeStyleBuild build;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        build = rule.buildAndAssertSuccess(rule.createFreeStyleProject("shop"));
    }

    @Test
    void aDriftPageSaysWhatDiffersWhoChangedItAndSinceWhen() throws Exception {
        Reports.attach(
                build,
                Outcomes.of(drift(
                        drifted(
                                "Deployment",
                                "web",
                                changed(
                                        "spec.template.spec.containers[name=\"web\"].image",
                                        TextNode.valueOf("shop/web:1.4"),
                                        TextNode.valueOf("shop/web:1.3-hotfix"),
                                        "kubectl-edit",
                                        ago(MINUTES)),
                                scaled(3, 5, "kubectl"),
                                removed("metadata.annotations.owner", "team-a", "helm", ago(Duration.ofDays(3)))),
                        drifted(
                                "Service",
                                "web",
                                gone(
                                        "metadata.labels.tier",
                                        "front",
                                        new ObservedBetween(ago(Duration.ofHours(2)), ago(Duration.ofHours(1)))),
                                gone("metadata.labels.app", "web", new ObservedBetween(null, ago(MINUTES)))),
                        missing(
                                "ConfigMap",
                                "settings",
                                new ObservedBetween(ago(Duration.ofHours(2)), ago(Duration.ofHours(1)))),
                        extra("ConfigMap", "old-banner"),
                        unknown("CronJob", "report", "the API server answered 503: try again"),
                        inSync("Namespace", "shop"))));

        String text = text("drift/");

        assertThat(text)
                .contains(
                        "2 objects drifted, 1 object missing, 1 object no longer in Git, 1 object could not be compared;"
                                + " last change 4 minutes ago by kubectl-edit")
                .contains("shop/web:1.4")
                .contains("shop/web:1.3-hotfix")
                .contains("kubectl-edit Update")
                .contains("4 minutes ago or earlier")
                .contains("Update of scale")
                .contains("the server keeps no time for it")
                .contains("removed from Git")
                .contains("went away between")
                .contains("removed, or never there; first missed 4 minutes ago")
                .contains("Git has this object, the cluster does not")
                .contains("The cluster has this object, Git no longer does")
                .contains("the API server answered 503: try again")
                .contains("deploy/web.yaml:1")
                .contains("revision 4f2c9a7b")
                .contains("6 objects compared");
        assertThat(text(""))
                .as("the line on the build's page")
                .contains("Drift report: 2 objects drifted, 1 object missing");
    }

    @Test
    void howBadItIsAndSinceWhenStandsWithEachObject() throws Exception {
        Instant first = ago(Duration.ofHours(3));
        Reports.attach(
                build,
                Outcomes.of(drift(
                        weighed(drifted("Deployment", "web", scaled(3, 5, "kubectl")), Severity.critical, first),
                        weighed(missing("ConfigMap", "settings", null), Severity.info, ago(MINUTES)),
                        inSync("Service", "web"))));

        assertThat(text("drift/"))
                .containsSubsequence("Missing Info", "First seen 4 minutes ago", "Critical", "First seen 3 hours ago");
        assertThat(get("drift/api/json").getContentAsString())
                .contains("\"severity\":\"critical\"", "\"firstSeen\":" + first.toEpochMilli());
    }

    @Test
    void anApplicationInSyncHasOneSentenceAndNoCard() throws Exception {
        Reports.attach(build, Outcomes.of(drift(inSync("Deployment", "web"), inSync("Service", "web"))));

        HtmlPage page = page("drift/");

        assertThat(page.asNormalizedText()).contains("In sync: all 2 objects are as Git says");
        assertThat(page.querySelectorAll(".gitops-card")).isEmpty();
        assertThat(page.querySelectorAll("table.sortable tbody tr")).hasSize(2);
    }

    @Test
    void anEmptyApplicationIsInSync() throws Exception {
        Reports.attach(build, Outcomes.of(drift()));

        assertThat(text("drift/")).contains("In sync: nothing in Git, and nothing in the cluster");
    }

    @Test
    void secretDataIsNamedButNotShown() throws Exception {
        Reports.attach(
                build,
                Outcomes.of(drift(drifted("Secret", "db", secret("data.password", "kubectl-patch", ago(MINUTES))))));

        assertThat(text("drift/"))
                .contains("data.password")
                .contains("secret, changed")
                .contains("kubectl-patch");
    }

    @Test
    void longTextsAreComparedLineByLine() throws Exception {
        String git = "server:\n  port: 80\n  threads: 8\nlog: info\n";
        String live = "server:\n  port: 80\n  threads: 64\nlog: info\n";
        Reports.attach(
                build,
                Outcomes.of(drift(drifted(
                        "ConfigMap",
                        "settings",
                        changed(
                                "data.app",
                                TextNode.valueOf(git),
                                TextNode.valueOf(live),
                                "kubectl-edit",
                                ago(MINUTES))))));

        HtmlPage page = page("drift/");

        assertThat(page.querySelector(".gitops-diff__line--git").getTextContent())
                .isEqualTo("+  threads: 8");
        assertThat(page.querySelector(".gitops-diff__line--live").getTextContent())
                .isEqualTo("−  threads: 64");
        assertThat(page.querySelectorAll(".gitops-diff__line--same")).hasSize(3);
    }

    @Test
    void whatTheClusterSaysIsTextAndNeverMarkup() throws Exception {
        String evil = "<script>document.title='owned'</script>\"'><img src=x onerror=alert(1)>";
        DriftReport report = new DriftReport(
                1,
                "shop",
                evil,
                Instant.now(),
                ApplicationVerdict.OutOfSync,
                List.of(
                        drifted(
                                evil,
                                evil,
                                changed(evil, TextNode.valueOf(evil), TextNode.valueOf(evil), evil, ago(MINUTES)),
                                changed(
                                        evil,
                                        TextNode.valueOf("a\n" + evil + "\n"),
                                        TextNode.valueOf("b\n" + evil + "\n"),
                                        evil,
                                        ago(MINUTES)),
                                changed(
                                        evil,
                                        TextNode.valueOf(evil.repeat(9)),
                                        TextNode.valueOf(evil.repeat(9)),
                                        evil,
                                        ago(MINUTES))),
                        unknown("Secret", evil, evil)),
                List.of(evil));
        Reports.attach(build, Outcomes.of(report));
        Reports.attach(
                build,
                Outcomes.of(sync(
                        SyncReport.Result.Failed,
                        HealthStatus.Degraded,
                        evil,
                        synced(evil, evil, ObjectSync.Action.failed, 0, 5, evil, HealthStatus.Degraded, evil))));
        Reports.attach(
                build,
                Outcomes.of(new PlanReport(
                        1,
                        "shop",
                        evil,
                        List.of(new PlanReport.Task(
                                evil, 0, PlanReport.Action.create, evil, evil, evil, evil, evil, false)),
                        List.of(evil))));
        Reports.attach(build, Outcomes.ofManifests("---\nkind: " + evil + "\nmetadata:\n  name: " + evil + "\n"));

        for (String place : List.of("", "drift/", "sync/", "plan/", "manifests-2/")) {
            HtmlPage page = page(place);
            assertThat(page.getTitleText()).as(place).doesNotContain("owned");
            assertThat(page.querySelectorAll("img[src=x]")).as(place).isEmpty();
            assertThat(page.asNormalizedText()).as(place).contains("<script>document.title='owned'</script>");
        }
    }

    @Test
    void aSyncPageShowsWavesTimesAndWhatFailed() throws Exception {
        Reports.attach(
                build,
                Outcomes.of(sync(
                        SyncReport.Result.Failed,
                        HealthStatus.Degraded,
                        "wave 1 failed: Deployment.apps shop/worker is Degraded",
                        synced("ConfigMap", "settings", ObjectSync.Action.created, 0, 41),
                        synced("Deployment", "web", ObjectSync.Action.configured, 0, 82),
                        synced(
                                "Deployment",
                                "worker",
                                ObjectSync.Action.failed,
                                1,
                                1_250,
                                "admission webhook denied the request",
                                HealthStatus.Degraded,
                                "ProgressDeadlineExceeded"),
                        synced("Service", "web", ObjectSync.Action.unchanged, 0, 0))));

        assertThat(text("sync/"))
                .contains("Sync failed in 12 s: 1 created, 1 changed, 1 failed, 1 unchanged")
                .contains("wave 1 failed: Deployment.apps shop/worker is Degraded")
                .contains("Sync, wave 0 2 objects")
                .contains("Sync, wave 1 1 object")
                .contains("1.3 s")
                .contains("admission webhook denied the request")
                .contains("ProgressDeadlineExceeded")
                .contains("1 object was as Git says before, and left alone");
        assertThat(text("")).contains("Sync result: Sync failed in 12 s");
    }

    @Test
    void anAbortedSyncSaysHowFarItCame() throws Exception {
        Reports.attach(
                build,
                Outcomes.of(sync(
                        SyncReport.Result.Aborted,
                        null,
                        "stopped after 1 of 2 objects",
                        synced("ConfigMap", "settings", ObjectSync.Action.created, 0, 41, "", null, ""),
                        synced("Deployment", "web", ObjectSync.Action.skipped, 0, 0, "not reached", null, ""))));

        assertThat(text("sync/"))
                .contains("Aborted in 12 s: 1 created, 1 skipped")
                .contains("stopped after 1 of 2 objects")
                .contains("not reached");
    }

    @Test
    void aPlanPageListsTheStepsInOrder() throws Exception {
        Reports.attach(build, Outcomes.of(plan()));

        assertThat(text("plan/"))
                .contains("4 steps: 1 to create, 2 to change, 1 to prune")
                .containsSubsequence("Sync, wave 0", "shop-settings", "web", "Sync, wave 1", "worker", "old-banner");
    }

    @Test
    void manifestsAreListedByObjectAndGivenAsText() throws Exception {
        String yaml = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    name: decoy\n  name: settings\n"
                + "  namespace: shop\ndata:\n  text: |\n    ---\n    kind: Decoy\n"
                + "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
        Reports.attach(build, Outcomes.ofManifests(yaml));

        HtmlPage page = page("manifests/");

        assertThat(page.querySelectorAll(".gitops-manifest > summary").stream()
                        .map(node -> node.getTextContent().strip()))
                .containsExactly("ConfigMap shop/settings", "Namespace shop");
        WebResponse raw = get("manifests/manifests.yaml");
        assertThat(raw.getContentType()).isEqualTo("text/plain");
        assertThat(raw.getContentAsString()).isEqualTo(yaml);
    }

    @Test
    void jsonIsTheCommandLinesDocumentAndIsNotSentTwice() throws Exception {
        DriftReport report = drift(drifted("Deployment", "web", scaled(3, 5, "kubectl")));
        Reports.attach(build, Outcomes.of(report));

        WebResponse first = get("drift/report.json");

        assertThat(first.getContentAsString()).isEqualTo(ReportJson.pretty(report) + "\n");
        assertThat(first.getContentType()).isEqualTo("application/json");
        String tag = first.getResponseHeaderValue("ETag");
        assertThat(tag).startsWith("\"");
        WebResponse second = get("drift/report.json", "If-None-Match", tag);
        assertThat(second.getStatusCode()).isEqualTo(304);
        assertThat(second.getContentAsString()).isEmpty();
        Reports.attach(build, Outcomes.of(drift(drifted("Deployment", "web", scaled(3, 6, "kubectl")))));
        assertThat(get("drift/report.json", "If-None-Match", tag).getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void jsonIsOnlyReadAndOnlyByThoseWhoMayReadTheJob() throws Exception {
        Reports.attach(build, Outcomes.of(drift(inSync("Deployment", "web"))));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader"));

        assertThat(client().getPage(request("drift/report.json"))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
        JenkinsRule.WebClient reader = client().login("reader");
        assertThat(reader.getPage(request("drift/report.json")).getWebResponse().getStatusCode())
                .isEqualTo(200);
        WebRequest post = request("drift/report.json");
        post.setHttpMethod(HttpMethod.POST);
        assertThat(reader.getPage(reader.addCrumb(post)).getWebResponse().getStatusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void theRemoteApiHasTheNumbersOfTheBuildAndTheObjectsOfTheReport() throws Exception {
        Reports.attach(
                build,
                Outcomes.of(drift(
                        drifted("Deployment", "web", scaled(3, 5, "kubectl")),
                        drifted("Secret", "db", secret("data.password", "kubectl-patch", ago(MINUTES))),
                        inSync("Service", "web"))));

        JSONObject summary =
                JSONObject.fromObject(get("api/json").getContentAsString()).getJSONArray("actions").stream()
                        .map(JSONObject.class::cast)
                        .filter(action -> action.optString("_class").endsWith("DriftReportAction"))
                        .findFirst()
                        .orElseThrow()
                        .getJSONObject("summary");
        assertThat(summary.getString("verdict")).isEqualTo("OutOfSync");
        assertThat(summary.getInt("drifted")).isEqualTo(2);
        assertThat(summary.getInt("inSync")).isEqualTo(1);
        assertThat(summary.getString("lastManager")).isEqualTo("kubectl-patch");

        JSONObject report = JSONObject.fromObject(get("drift/api/json").getContentAsString());
        JSONObject web = report.getJSONArray("objects").getJSONObject(0);
        assertThat(web.getString("name")).isEqualTo("web");
        JSONObject field = web.getJSONArray("fields").getJSONObject(0);
        assertThat(field.getString("path")).isEqualTo("spec.replicas");
        assertThat(field.getString("desired")).isEqualTo("3");
        assertThat(field.getString("live")).isEqualTo("5");
        assertThat(field.getString("manager")).isEqualTo("kubectl");
        assertThat(field.getString("subresource")).isEqualTo("scale");
    }

    @Test
    void aSecondApplicationOfOneBuildHasItsOwnPages() throws Exception {
        Reports.attach(build, Outcomes.of(drift(inSync("Deployment", "web"))));
        Reports.attach(
                build,
                Outcomes.of(new DriftReport(
                        1,
                        "billing",
                        "",
                        Instant.now(),
                        ApplicationVerdict.OutOfSync,
                        List.of(extra("ConfigMap", "old")),
                        List.of())));
        Reports.attach(build, Outcomes.of(drift(missing("Deployment", "web", null))));

        assertThat(build.getActions(DriftReportAction.class)).hasSize(2);
        assertThat(text("drift/")).contains("1 object missing");
        assertThat(text("drift-2/")).contains("Drift report of billing").contains("1 object no longer in Git");
    }

    @Test
    void aReportWithManyObjectsIsShownInParts() throws Exception {
        ObjectDrift[] objects = new ObjectDrift[120];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = drifted("ConfigMap", "c" + i, scaled(1, 2, "kubectl"));
        }
        Reports.attach(build, Outcomes.of(drift(objects)));

        assertThat(page("drift/").querySelectorAll(".gitops-card")).hasSize(50);
        assertThat(page("drift/?from=100").querySelectorAll(".gitops-card")).hasSize(20);
        assertThat(text("drift/?from=100")).contains("101–120 of 120");
    }

    private JenkinsRule.WebClient client() {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
    }

    private HtmlPage page(String below) throws Exception {
        return jenkins.createWebClient().getPage(build, below);
    }

    private String text(String below) throws Exception {
        return page(below).asNormalizedText();
    }

    private WebRequest request(String below) throws Exception {
        return new WebRequest(
                URI.create(jenkins.getURL() + build.getUrl() + below).toURL());
    }

    private WebResponse get(String below, String... header) throws Exception {
        WebRequest request = request(below);
        if (header.length > 0) {
            request.setAdditionalHeader(header[0], header[1]);
        }
        return client().getPage(request).getWebResponse();
    }
}
