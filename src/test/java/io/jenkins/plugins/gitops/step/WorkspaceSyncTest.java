package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.field.Words;
import io.jenkins.plugins.gitops.report.DriftReportAction;
import io.jenkins.plugins.gitops.report.Reports;
import io.jenkins.plugins.gitops.report.SyncReportAction;
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

/** {@code gitopsSync cluster: …} */
@WithCluster
@WithJenkins
class WorkspaceSyncTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;

    @BeforeEach
    void start(JenkinsRule rule, TestNamespace space, @TempDir Path folder) throws Exception {
        jenkins = rule;
        namespace = space;
        site = new Site(rule, space, folder).cluster();
    }

    private static String write(String yaml) {
        return "writeFile file: 'deploy/app.yaml', text: '''" + yaml + "'''\n";
    }

    @Test
    void aDeclarativePipelineSyncsWhatItChecksOutOnAnAgent() throws Exception {
        String commit = site.commit(Site.colour("blue"));
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowJob pipeline = site.pipeline("""
                pipeline {
                    agent { label '%s' }
                    stages {
                        stage('Deploy') {
                            steps {
                                checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '%s']])
                                gitopsSync cluster: 'test', path: 'deploy', name: 'shop'
                            }
                        }
                    }
                }
                """.formatted(agent.getNodeName(), site.repositoryUrl()));

        WorkflowRun run = jenkins.buildAndAssertSuccess(pipeline);

        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        SyncReportAction sync = run.getAction(SyncReportAction.class);
        assertThat(sync.getApplication()).isEqualTo("shop");
        assertThat(sync.getSummary().getRevision()).isEqualTo(commit);
        assertThat(sync.getSummary().getCreated()).isEqualTo(1);
        assertThat(run.getAction(DriftReportAction.class)).isNotNull();
        jenkins.assertLogContains("shop: SUCCESS. 1 created, 0 changed, 0 pruned, 0 unchanged", run);
    }

    @Test
    void aScriptReadsWhatWasDone() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(site.pipeline("node {\n" + write(Site.colour("blue")) + """
                def done = gitopsSync cluster: 'test', path: 'deploy'
                echo "got ${done.application} ${done.result} ${done.drifted} ${done.objects[0].name}"
                }
                """));

        jenkins.assertLogContains("got deploy SUCCESS 1 settings", run);
    }

    @Test
    void theSamePipelineGoesOnWhereItsLastBuildStopped() throws Exception {
        WorkflowJob pipeline = site.pipeline("node {\n"
                + write(Site.colour("blue") + "---\n" + Site.colour("red").replace("settings", "banner"))
                + "gitopsSync cluster: 'test', path: 'deploy', prune: true\n}");
        jenkins.buildAndAssertSuccess(pipeline);
        assertThat(namespace.exists("configmap/banner")).isTrue();

        pipeline.setDefinition(new CpsFlowDefinition(
                "node {\n" + write(Site.colour("blue")) + "gitopsSync cluster: 'test', path: 'deploy', prune: true\n}",
                true));
        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(namespace.exists("configmap/banner")).isFalse();
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }

    @Test
    void anotherPipelineMayNotTouchItsObjectsUnlessItAdoptsThem() throws Exception {
        jenkins.buildAndAssertSuccess(site.pipeline(
                "node {\n" + write(Site.colour("blue")) + "gitopsSync cluster: 'test', path: 'deploy'\n}"));
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        String script = "node {\n" + write(Site.colour("red")) + "gitopsSync cluster: 'test', path: 'deploy'%s\n}";

        other.setDefinition(new CpsFlowDefinition(script.formatted(""), true));
        WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, other);
        jenkins.assertLogContains("ERROR: The sync of other ended with FAILURE: ", refused);
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");

        other.setDefinition(new CpsFlowDefinition(script.formatted(", adopt: true"), true));
        jenkins.buildAndAssertSuccess(other);
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("red");
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        jenkins.buildAndAssertSuccess(site.pipeline("node {\n" + write(Site.colour("blue"))
                + "gitopsSync cluster: 'test', path: 'deploy', dryRun: true\n}"));

        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void anUnhealthyEndMakesTheBuildUnstableAndNamesTheObject() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                site.pipeline("node {\n" + write(Site.BROKEN)
                        + "gitopsSync cluster: 'test', path: 'deploy'\necho 'goes on'\n}"));

        jenkins.assertLogContains("goes on", run);
        assertThat(Site.warnings(run)).singleElement().asString().contains(namespace.name() + "/broken is Degraded");
        assertThat(run.getAction(SyncReportAction.class)).isNotNull();
    }

    @Test
    void anUnhealthyEndFailsTheStepWhereThatIsAskedFor() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                site.pipeline("node {\n" + write(Site.BROKEN)
                        + "gitopsSync cluster: 'test', path: 'deploy', failOnUnhealthy: true\necho 'goes on'\n}"));

        jenkins.assertLogContains("ERROR: The sync of deploy ended with UNSTABLE: ", run);
        jenkins.assertLogNotContains("goes on", run);
    }

    @Test
    void aLaterBuildKnowsWhatAnEarlierOneSaw() throws Exception {
        WorkflowJob pipeline = site.pipeline(
                "node {\n" + write(Site.colour("blue")) + "gitopsSync cluster: 'test', path: 'deploy'\n}");
        jenkins.buildAndAssertSuccess(pipeline);
        namespace.kubectl("delete", "configmap", "settings");

        ObjectDrift drift = Reports.drift(jenkins.buildAndAssertSuccess(pipeline))
                .orElseThrow()
                .objects()
                .get(0);

        assertThat(drift.verdict()).isEqualTo(Verdict.Missing);
        assertThat(drift.observedBetween().lastSeenWith()).isNotNull();
    }

    @Test
    void twoBuildsNeverSyncTheSameApplicationAtOnce() throws Exception {
        jenkins.jenkins.setNumExecutors(3);
        WorkflowJob pipeline = site.pipeline(
                "node {\n" + write(Site.STUCK) + "gitopsSync cluster: 'test', path: 'deploy', timeout: 5\n}");
        WorkflowRun first = pipeline.scheduleBuild2(0).waitForStart();
        namespace.await("the first syncs", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        WorkflowRun second = pipeline.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Waiting for deploy #1, which syncs deploy too", second);
        jenkins.assertLogNotContains("=== Render", second);
        WorkflowRun third = pipeline.scheduleBuild2(0).waitForStart();

        abort(second);
        jenkins.assertLogNotContains("=== Render", second);
        abort(first);
        jenkins.waitForMessage("=== Render", third);
        abort(third);
    }

    private void abort(WorkflowRun run) throws Exception {
        long start = System.nanoTime();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void withoutWaitingHealthIsNotAwaited() throws Exception {
        jenkins.buildAndAssertSuccess(site.pipeline(
                "node {\n" + write(Site.STUCK) + "gitopsSync cluster: 'test', path: 'deploy', wait: false\n}"));

        assertThat(namespace.exists("deployment/web")).isTrue();
    }

    @Test
    void anAbortStopsTheSyncAndKeepsWhatItDid() throws Exception {
        WorkflowRun run = site.pipeline(
                        "node {\n" + write(Site.STUCK) + "gitopsSync cluster: 'test', path: 'deploy'\n}")
                .scheduleBuild2(0)
                .waitForStart();
        namespace.await("the sync began to write", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));

        abort(run);

        assertThat(run.getAction(SyncReportAction.class)).isNotNull();
    }

    @Test
    void outsideANodeItSaysWhatIsMissing() throws Exception {
        jenkins.assertLogContains(
                "put it inside \"node\", or name an application",
                jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("gitopsSync cluster: 'test'")));
    }

    @Test
    void aWrongClusterIsToldWithTheOnesThereAre() throws Exception {
        jenkins.assertLogContains(
                "ERROR: There is no cluster tset that deploy may use; there are test.",
                jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("node { gitopsSync cluster: 'tset' }")));
    }

    @Test
    void aClusterIsForTheFoldersThatItNames() throws Exception {
        Folder others = jenkins.createProject(Folder.class, "others");
        site.changeCluster(cluster -> cluster.setAllowedFolders(new Words("team")));

        jenkins.assertLogContains(
                "There is no cluster test that others/deploy may use",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, site.pipeline(others, "node { gitopsSync cluster: 'test' }")));
    }

    @Test
    void aClustersCredentialsGoToNoOtherNodesThanItsOwn() throws Exception {
        site.changeCluster(cluster -> cluster.setAgentLabel("inside"));
        WorkflowJob pipeline = site.pipeline(
                "node {\n" + write(Site.colour("blue")) + "gitopsSync cluster: 'test', path: 'deploy'\n}");

        jenkins.assertLogContains(
                "Cluster test is reached from nodes with the label inside only",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));

        jenkins.jenkins.setLabelString("inside");
        jenkins.buildAndAssertSuccess(pipeline);
    }

    @Test
    void aFolderOutsideTheWorkspaceIsRefused() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, site.pipeline("node { gitopsSync cluster: 'test', path: '../elsewhere' }"));

        jenkins.assertLogContains("../elsewhere", run);
    }

    @Test
    void aWordThatIsNoUuidIsToldAsSuch() throws Exception {
        jenkins.assertLogContains(
                "\"shop\" is no UUID",
                jenkins.buildAndAssertStatus(
                        Result.FAILURE, site.pipeline("node { gitopsSync cluster: 'test', uuid: 'shop' }")));
    }
}
