package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.field.Words;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code gitopsSync application: …} */
@WithCluster
@WithJenkins
class ApplicationSyncTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;

    @BeforeEach
    void start(JenkinsRule rule, TestNamespace space, @TempDir Path folder) throws Exception {
        jenkins = rule;
        namespace = space;
        site = new Site(rule, space, folder).cluster();
    }

    @Test
    void aScriptSyncsAnApplicationAndReadsWhatWasDone() throws Exception {
        String commit = site.commit(Site.colour("blue"));
        site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertSuccess(site.pipeline("""
                def done = gitopsSync application: 'shop'
                echo "result ${done.result} of ${done.application} at ${done.revision}"
                echo "before ${done.verdict}, ${done.drifted} differed; now ${done.health}"
                echo "did ${done.objects.collect { it.action + ' ' + it.kind + ' ' + it.name }.join(', ')}"
                echo "message '${done.message}' at ${done.url}"
                """));

        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        jenkins.assertLogContains("result SUCCESS of shop at " + commit, run);
        jenkins.assertLogContains("before OutOfSync, 1 differed", run);
        jenkins.assertLogContains("did created ConfigMap settings", run);
        jenkins.assertLogContains("message '' at job/shop/1/", run);
        GitOpsRun sync = jenkins.jenkins
                .getItemByFullName("shop", GitOpsApplication.class)
                .getBuildByNumber(1);
        assertThat(sync.getCause(PipelineCause.class).getUpstreamProject()).isEqualTo("deploy");
        assertThat(sync.getAction(WaitingSteps.class)).isNull();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(run).asNormalizedText()).contains("shop #1: Synced in");
        }
    }

    @Test
    void itWaitsForTheRevisionThatItAsksFor() throws Exception {
        String blue = site.commit(Site.colour("blue"));
        site.commit(Site.colour("green"));
        site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertSuccess(
                site.pipeline("echo 'now ' + gitopsSync(application: 'shop', revision: '" + blue + "').revision"));

        jenkins.assertLogContains("now " + blue, run);
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
    }

    @Test
    void itPrunesWhereAskedThoughTheApplicationDoesNot() throws Exception {
        site.commit(Site.colour("blue") + "---\n" + Site.colour("red").replace("settings", "banner"));
        site.application("shop");
        WorkflowJob pipeline = site.pipeline("gitopsSync application: 'shop', prune: true");
        jenkins.buildAndAssertSuccess(pipeline);
        assertThat(namespace.exists("configmap/banner")).isTrue();

        site.commit(Site.colour("blue"));
        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(namespace.exists("configmap/banner")).isFalse();
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertSuccess(
                site.pipeline("echo 'would ' + gitopsSync(application: 'shop', dryRun: true).objects[0].action"));

        jenkins.assertLogContains("would created", run);
        assertThat(namespace.exists("configmap/settings")).isFalse();
        assertThat(shop.getLastSyncedRevision()).isNull();
    }

    @Test
    void withoutWaitingItOnlySchedules() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        jenkins.jenkins.setNumExecutors(0);

        WorkflowRun run = jenkins.buildAndAssertSuccess(
                site.pipeline("echo 'got ' + gitopsSync(application: 'shop', wait: false)"));

        jenkins.assertLogContains("got null", run);
        assertThat(shop.isInQueue()).isTrue();
    }

    @Test
    void aFailedSyncFailsTheStepAndSaysWhy() throws Exception {
        site.commit("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: [1]}\n");
        site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("gitopsSync application: 'shop'"));

        jenkins.assertLogContains("ERROR: The sync of shop ended with FAILURE: ", run);
        jenkins.assertLogContains("See shop #1.", run);
    }

    @Test
    void anUnhealthySyncMakesThePipelineUnstableOrFailsItWhenAsked() throws Exception {
        site.commit(Site.BROKEN);
        site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, site.pipeline("""
                def told = gitopsSync application: 'shop', propagate: false
                echo "told ${told.result}, ${told.health}, build ${currentBuild.currentResult}"
                def marked = gitopsSync application: 'shop'
                echo "marked ${marked.result}, build ${currentBuild.currentResult}"
                try {
                    gitopsSync application: 'shop', failOnUnhealthy: true
                } catch (e) {
                    echo "caught ${e.message}"
                }
                """));

        jenkins.assertLogContains("told UNSTABLE, Degraded, build SUCCESS", run);
        jenkins.assertLogContains("marked UNSTABLE, build UNSTABLE", run);
        jenkins.assertLogContains("WARNING: The sync of shop ended with UNSTABLE: ", run);
        jenkins.assertLogContains("caught The sync of shop ended with UNSTABLE: ", run);
        assertThat(Site.warnings(run)).singleElement().asString().contains(namespace.name() + "/broken");
    }

    @Test
    void namesAreRelativeToTheFolderOfThePipeline() throws Exception {
        site.commit(Site.colour("blue"));
        Folder team = jenkins.createProject(Folder.class, "team");
        site.application(team, "shop");

        WorkflowRun run = jenkins.buildAndAssertSuccess(site.pipeline(team, """
                echo 'relative ' + gitopsSync(application: 'shop').application
                echo 'absolute ' + gitopsSync(application: '/team/shop').application
                """));

        jenkins.assertLogContains("relative team/shop", run);
        jenkins.assertLogContains("absolute team/shop", run);
    }

    @Test
    void aWrongNameIsToldWithTheRightOne() throws Exception {
        site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("gitopsSync application: 'shpo'"));

        jenkins.assertLogContains(
                "ERROR: There is no GitOps application shpo that deploy can see. Did you mean shop?", run);
    }

    @Test
    void anItemOfAnotherKindIsToldAsSuch() throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, site.pipeline("gitopsSync application: 'deploy'"));

        jenkins.assertLogContains("ERROR: deploy is not a GitOps application: deploy is a Pipeline.", run);
    }

    @Test
    void thereMustBeOneTarget() throws Exception {
        WorkflowJob pipeline = site.pipeline("gitopsSync()");
        jenkins.assertLogContains(
                "gitopsSync must be told what to sync", jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));

        pipeline.setDefinition(new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition(
                "gitopsSync application: 'shop', cluster: 'test'", true));
        jenkins.assertLogContains(
                "either an application or manifests of the workspace",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
    }

    @Test
    void whoeverThePipelineRunsAsNeedsThePermission() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        WorkflowJob pipeline = site.pipeline("gitopsSync application: 'shop'");
        MockAuthorizationStrategy rules = new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("ben", "ada")
                .grant(Jenkins.READ)
                .everywhere()
                .to("eve")
                .grant(GitOpsPermissions.SYNC)
                .everywhere()
                .to("ada");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(rules);

        as(pipeline, "ben");
        jenkins.assertLogContains(
                "ben is missing the GitOps/Sync permission", jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
        as(pipeline, "eve");
        jenkins.assertLogContains(
                "There is no GitOps application shop that deploy can see.",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
        assertThat(shop.getLastBuild()).isNull();

        as(pipeline, "ada");
        jenkins.buildAndAssertSuccess(pipeline);
    }

    private void as(WorkflowJob pipeline, String user) {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                pipeline.getFullName(),
                                User.getOrCreateByIdOrFullName(user).impersonate2()));
    }

    @Test
    void aPipelineReachesThroughAnApplicationNoClusterThatItsOwnFolderMayNotUse() throws Exception {
        site.commit(Site.colour("blue"));
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder others = jenkins.createProject(Folder.class, "others");
        GitOpsApplication shop = site.application(team, "shop");
        site.changeCluster(cluster -> cluster.setAllowedFolders(new Words("team")));

        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, site.pipeline(others, "gitopsSync application: '/team/shop'"));

        jenkins.assertLogContains("There is no cluster test that others/deploy may use", run);
        assertThat(shop.getLastBuild()).isNull();
        jenkins.buildAndAssertSuccess(site.pipeline(team, "gitopsSync application: 'shop'"));
    }

    @Test
    void anAbortStopsTheSync() throws Exception {
        site.commit(Site.STUCK);
        GitOpsApplication shop = site.application("shop");
        WorkflowRun run = begin("gitopsSync application: 'shop'", shop);

        long abort = System.nanoTime();
        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.waitUntilNoActivity();

        assertThat(Duration.ofNanos(System.nanoTime() - abort)).isLessThan(Duration.ofSeconds(10));
        jenkins.assertBuildStatus(Result.ABORTED, shop.getLastBuild());
        jenkins.assertLogContains("The pipeline that waited for this sync was aborted.", shop.getLastBuild());
    }

    @Test
    void anAbortLeavesTheSyncAloneWhenAnotherPipelineWaitsForIt() throws Exception {
        site.commit(Site.STUCK);
        GitOpsApplication shop = site.application("shop");
        jenkins.jenkins.setNumExecutors(0);
        WorkflowRun one = site.pipeline("gitopsSync application: 'shop'")
                .scheduleBuild2(0)
                .waitForStart();
        WorkflowJob second = jenkins.createProject(WorkflowJob.class, "second");
        second.setDefinition(new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition(
                "echo 'got ' + gitopsSync(application: 'shop', propagate: false).result", true));
        namespaceAwaits("the first waits", () -> shop.getQueueItem() != null);
        WorkflowRun other = second.scheduleBuild2(0).waitForStart();
        namespaceAwaits("both wait", () -> WaitingSteps.of(shop.getQueueItem()).size() == 2);
        jenkins.jenkins.setNumExecutors(2);
        awaitWorkload(shop);

        one.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(one));
        jenkins.assertLogContains("The sync of shop goes on: somebody else wants it too.", one);
        assertThat(shop.getLastBuild().isBuilding()).isTrue();

        shop.getLastBuild().getExecutor().interrupt();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        jenkins.assertLogContains("got ABORTED", other);
        assertThat(shop.getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void anAbortLeavesTheSyncAloneWhenAPersonAskedForItToo() throws Exception {
        site.commit(Site.STUCK);
        GitOpsApplication shop = site.application("shop");
        jenkins.jenkins.setNumExecutors(0);
        WorkflowRun run = site.pipeline("gitopsSync application: 'shop'")
                .scheduleBuild2(0)
                .waitForStart();
        namespaceAwaits("the pipeline waits", () -> shop.getQueueItem() != null);
        shop.schedule(ReconcileMode.sync, List.of(new CauseAction(new Cause.UserIdCause())));

        run.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(shop.isInQueue()).isTrue();
    }

    @Test
    void aQueueItemThatIsCancelledFailsTheStep() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        jenkins.jenkins.setNumExecutors(0);
        WorkflowRun run = site.pipeline("gitopsSync application: 'shop'")
                .scheduleBuild2(0)
                .waitForStart();
        namespaceAwaits("the pipeline waits", () -> shop.getQueueItem() != null);

        Queue.getInstance().cancel(shop.getQueueItem());

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: The sync was cancelled while it waited in the queue: shop", run);
    }

    @Test
    void whoeverStopsTheSyncItselfAbortsThePipeline() throws Exception {
        site.commit(Site.STUCK);
        GitOpsApplication shop = site.application("shop");
        WorkflowRun run = begin("gitopsSync application: 'shop'", shop);

        shop.getLastBuild().getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("The sync of shop ended with ABORTED", run);
    }

    /** Until the sync waits for the Deployment. */
    private WorkflowRun begin(String script, GitOpsApplication application) throws Exception {
        WorkflowRun run = site.pipeline(script).scheduleBuild2(0).waitForStart();
        awaitWorkload(application);
        return run;
    }

    private void awaitWorkload(GitOpsApplication application) {
        namespace.await("the sync began to write", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        assertThat(application.getLastBuild().isBuilding()).isTrue();
    }

    private void namespaceAwaits(String what, java.util.concurrent.Callable<Boolean> condition) {
        namespace.await(what, Duration.ofSeconds(30), condition);
    }
}
