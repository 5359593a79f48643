package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code gitopsRollback} and {@code gitopsWait}. */
@WithJenkins
@WithCluster
class RollbackStepTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin(JenkinsRule rule, TestNamespace own) throws Exception {
        jenkins = rule;
        namespace = own;
        site = new Site(rule, own, folder).cluster();
    }

    private String colour() {
        return namespace.read("configmap/settings", "{.data.colour}");
    }

    private GitOpsRun sync(GitOpsApplication shop, String colour) throws Exception {
        site.commit(Site.colour(colour));
        shop.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        return jenkins.assertBuildStatusSuccess(shop.getLastBuild());
    }

    @Test
    void aDeclarativePipelineRollsBackWhenSomethingFailsAfterTheSync() throws Exception {
        GitOpsApplication shop = site.application("shop");
        sync(shop, "blue");
        site.commit(Site.colour("red"));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("""
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') { steps { gitopsSync application: 'shop' } }
                        stage('Smoke test') { steps { error 'red is wrong' } }
                    }
                    post {
                        failure { gitopsRollback application: 'shop', reason: "the smoke test of ${BUILD_TAG} failed" }
                    }
                }
                """));

        assertThat(colour()).isEqualTo("blue");
        jenkins.assertLogContains("Rolling shop back to the sync before the last one", run);
        jenkins.assertLogContains("shop: SUCCESS. 0 created, 1 changed", run);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(shop).asNormalizedText())
                    .contains("Pinned to #1 by deploy #1: the smoke test of jenkins-deploy-1 failed");
        }
    }

    @Test
    void aNumberIsGoneBackToAndWhatIsNotKeptIsSaid() throws Exception {
        GitOpsApplication shop = site.application("shop");
        sync(shop, "blue");
        sync(shop, "red");
        sync(shop, "green");
        WorkflowJob pipeline = site.pipeline(
                "echo 'now ' + gitopsRollback(application: 'shop', to: 1, reason: 'blue it is').revision");

        WorkflowRun run = jenkins.buildAndAssertSuccess(pipeline);

        jenkins.assertLogContains("now " + shop.getBuildByNumber(1).getRevision(), run);
        assertThat(colour()).isEqualTo("blue");
        pipeline.setDefinition(new CpsFlowDefinition("gitopsRollback application: 'shop', to: 77", true));
        jenkins.assertLogContains(
                "What build #77 of shop applied is not kept", jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
    }

    @Test
    void waitingEndsWhenTheRevisionIsSyncedAndHealthyWhoeverSyncsIt() throws Exception {
        String blue = site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        WorkflowRun run = site.pipeline("def w = gitopsWait application: 'shop', revision: '" + blue + "'\n"
                        + "echo \"reached ${w.verdict} at ${w.revision}\"")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("shop is at -, not yet at " + blue, run);

        shop.scheduleSync();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("reached InSync at " + blue, run);
    }

    @Test
    void waitingHasTheApplicationCheckedAndIsAbortedAtOnce() throws Exception {
        GitOpsApplication shop = site.application("shop");
        sync(shop, "blue");
        namespace.kubectl("delete", "configmap/settings");

        WorkflowRun run = site.pipeline("gitopsWait application: 'shop'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("shop is OutOfSync, health", run);
        assertThat(shop.getLastBuild().getNumber()).isEqualTo(2);
        run.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        namespace.await("the check ends", Duration.ofSeconds(60), () -> !shop.isBuilding());
    }
}
