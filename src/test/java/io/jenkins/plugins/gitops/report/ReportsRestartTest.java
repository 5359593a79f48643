package io.jenkins.plugins.gitops.report;

import static io.jenkins.plugins.gitops.report.Outcomes.drift;
import static io.jenkins.plugins.gitops.report.Outcomes.drifted;
import static io.jenkins.plugins.gitops.report.Outcomes.scaled;
import static io.jenkins.plugins.gitops.report.Outcomes.sync;
import static io.jenkins.plugins.gitops.report.Outcomes.synced;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ReportsRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void reportsOfBuildsAndApplicationsSurviveARestart() throws Throwable {
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("pipeline"));
            Reports.attach(build, Outcomes.of(drift(drifted("Deployment", "web", scaled(3, 5, "kubectl")))));
            Reports.attach(
                    build,
                    Outcomes.of(sync(
                            SyncReport.Result.Succeeded,
                            HealthStatus.Healthy,
                            "",
                            synced("Deployment", "web", ObjectSync.Action.configured, 0, 80))));
            Reports.attach(build, Outcomes.of(Outcomes.plan()));
            GitOpsApplication shop = jenkins.jenkins.createProject(GitOpsApplication.class, "shop");
            Reports.attach(
                    shop.createExecutable(), Outcomes.of(drift(drifted("Deployment", "web", scaled(3, 5, "kubectl")))));
        });
        session.then(jenkins -> {
            FreeStyleBuild build = jenkins.jenkins
                    .getItemByFullName("pipeline", FreeStyleProject.class)
                    .getLastBuild();
            assertThat(build.getAction(DriftReportAction.class).getSummary().getDrifted())
                    .isEqualTo(1);
            assertThat(jenkins.createWebClient().getPage(build, "drift/").asNormalizedText())
                    .contains("spec.replicas");
            assertThat(jenkins.createWebClient().getPage(build, "sync/").asNormalizedText())
                    .contains("Synced in 12 s");
            assertThat(build.getAction(PlanAction.class).getConfigure()).isEqualTo(2);
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            assertThat(shop.getAction(ApplicationDriftAction.class).getVerdict())
                    .isEqualTo(ApplicationVerdict.OutOfSync);
            assertThat(jenkins.createWebClient().goTo(shop.getUrl() + "drift/").asNormalizedText())
                    .contains("spec.replicas");
        });
    }
}
