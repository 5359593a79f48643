package io.jenkins.plugins.gitops.report;

import static io.jenkins.plugins.gitops.report.Outcomes.drift;
import static io.jenkins.plugins.gitops.report.Outcomes.drifted;
import static io.jenkins.plugins.gitops.report.Outcomes.scaled;
import static io.jenkins.plugins.gitops.report.Outcomes.sync;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ListView;
import hudson.views.JobColumn;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StateColumnTest {
    private JenkinsRule jenkins;
    private ListView view;

    @BeforeEach
    void view(JenkinsRule rule) throws Exception {
        jenkins = rule;
        view = new ListView("applications", rule.jenkins);
        view.getColumns().replaceBy(List.of(new JobColumn(), new StateColumn()));
        view.setIncludeRegex(".*");
        rule.jenkins.addView(view);
    }

    @Test
    void aRowSaysHowTheApplicationStandsAndSortsByWhatNeedsSomebody() throws Exception {
        application("synced", Outcomes.of(sync(SyncReport.Result.Succeeded, HealthStatus.Healthy, "")));
        application("drifted", Outcomes.of(drift(drifted("Deployment", "web", scaled(3, 5, "kubectl")))));
        application("failed", Outcomes.ofError("the API server does not answer"));
        jenkins.jenkins.createProject(GitOpsApplication.class, "fresh");
        jenkins.jenkins.createProject(FreeStyleProject.class, "other");

        HtmlPage page = jenkins.createWebClient().getPage(view);

        Map<String, String> texts = new TreeMap<>();
        Map<String, Integer> ranks = new TreeMap<>();
        for (DomElement row : page.querySelectorAll("#projectstatus tbody tr").stream()
                .map(DomElement.class::cast)
                .toList()) {
            DomElement cell = row.querySelector("td:nth-child(2)");
            String name = row.getId().substring("job_".length());
            texts.put(name, cell.getTextContent().replaceAll("\\s+", " ").strip());
            ranks.put(name, Integer.valueOf(cell.getAttribute("data")));
        }
        assertThat(texts.get("synced")).contains("In sync").contains("Healthy").contains("4f2c9a7b");
        assertThat(texts.get("drifted")).contains("Out of sync").contains("out of sync for");
        assertThat(texts.get("fresh")).isEqualTo("Unknown");
        assertThat(texts.get("other")).isEmpty();
        assertThat(ranks.get("other")).isLessThan(ranks.get("synced"));
        assertThat(ranks.get("synced")).isLessThan(ranks.get("fresh"));
        assertThat(ranks.get("fresh")).isLessThan(ranks.get("drifted"));
        assertThat(ranks.get("drifted")).isLessThan(ranks.get("failed"));
    }

    @Test
    void theFormKeepsTheColumn() throws Exception {
        jenkins.configRoundtrip(view);

        assertThat(view.getColumns().get(StateColumn.class)).isNotNull();
    }

    private void application(String name, ReconcileOutcome outcome) throws Exception {
        GitOpsApplication application = jenkins.jenkins.createProject(GitOpsApplication.class, name);
        GitOpsRun build = (GitOpsRun) application.scheduleCheck().getFuture().get();
        jenkins.waitForCompletion(build);
        Reports.attach(build, outcome);
    }
}
