package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.RestartListener;
import hudson.model.Result;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A pipeline that waits for a sync goes on waiting after Jenkins was restarted. */
@WithCluster
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @Test
    void aSyncThatWaitsInTheQueueIsStillAwaited(TestNamespace namespace) throws Throwable {
        session.then(jenkins -> {
            Site site = new Site(jenkins, namespace, folder).cluster();
            site.commit(Site.colour("blue"));
            GitOpsApplication shop = site.application("shop");
            jenkins.jenkins.setNumExecutors(0);
            site.pipeline("echo 'got ' + gitopsSync(application: 'shop').result")
                    .scheduleBuild2(0)
                    .waitForStart();
            namespace.await("the pipeline waits", Duration.ofSeconds(30), () -> shop.getQueueItem() != null);
        });
        session.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got SUCCESS", run);
            assertThat(jenkins.jenkins
                            .getItemByFullName("shop", GitOpsApplication.class)
                            .getLastBuild()
                            .getNumber())
                    .isEqualTo(1);
        });
    }

    @Test
    void waitingForAnApplicationGoesOn(TestNamespace namespace) throws Throwable {
        session.then(jenkins -> {
            Site site = new Site(jenkins, namespace, folder).cluster();
            String commit = site.commit(Site.colour("blue"));
            site.application("shop");
            WorkflowRun run = site.pipeline("gitopsWait application: 'shop', revision: '" + commit + "'")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("not yet at", run);
        });
        session.then(jenkins -> {
            jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class).scheduleSync();
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("shop is InSync", run);
        });
    }

    @Test
    void aSyncThatWasLostIsDoneAgainAndAnswers(TestNamespace namespace) throws Throwable {
        session.then(jenkins -> {
            Site site = new Site(jenkins, namespace, folder).cluster();
            site.commit(Site.STUCK);
            site.application("shop");
            site.pipeline("echo 'got ' + gitopsSync(application: 'shop', propagate: false).result")
                    .scheduleBuild2(0)
                    .waitForStart();
            namespace.await("the sync writes", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        });
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            namespace.await(
                    "the sync goes on",
                    Duration.ofSeconds(60),
                    () -> shop.getLastBuild().getNumber() == 2
                            && shop.getLastBuild().isBuilding());
            // Before that, it would take back what is changed below.
            jenkins.waitForMessage("is Progressing", shop.getLastBuild());
            assertThat(run.isBuilding()).isTrue();

            unstick(namespace);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got SUCCESS", run);
            assertThat(shop.getLastBuild().getNumber()).isEqualTo(2);
        });
    }

    @Test
    void manifestsOfAWorkspaceAreSyncedAgainToo(TestNamespace namespace) throws Throwable {
        session.then(jenkins -> {
            Site site = new Site(jenkins, namespace, folder).cluster();
            site.pipeline("node {\nwriteFile file: 'deploy/app.yaml', text: '''" + Site.STUCK + "'''\n"
                            + "echo 'got ' + gitopsSync(cluster: 'test', path: 'deploy').result\n}")
                    .scheduleBuild2(0)
                    .waitForStart();
            namespace.await("the sync writes", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        });
        session.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            jenkins.waitForMessage("The sync was interrupted when Jenkins stopped. Syncing again.", run);
            jenkins.waitForMessage("compared in", run);
            unstick(namespace);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got SUCCESS", run);
        });
    }

    @Test
    void aSafeRestartLetsTheSyncEndAndTheNextOneWaitForTheNewStart(TestNamespace namespace) throws Throwable {
        session.then(jenkins -> {
            Site site = new Site(jenkins, namespace, folder).cluster();
            site.commit(Site.STUCK);
            GitOpsApplication shop = site.application("shop");
            site.pipeline("echo 'got ' + gitopsSync(application: 'shop').result")
                    .scheduleBuild2(0)
                    .waitForStart();
            namespace.await("the sync writes", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
            GitOpsRun sync = shop.getLastBuild();
            jenkins.waitForMessage("is Progressing", sync);

            jenkins.jenkins.doQuietDown();
            GitOpsApplication other = site.application("other");
            other.scheduleCheck();
            assertThat(RestartListener.isAllReady())
                    .as("it would restart in the middle")
                    .isFalse();
            unstick(namespace);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(sync));
            namespace.await("it may restart now", Duration.ofSeconds(30), RestartListener::isAllReady);
            assertThat(other.getLastBuild()).isNull();
        });
        session.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got SUCCESS", run);
            jenkins.waitUntilNoActivityUpTo(60_000);
            assertThat(jenkins.jenkins
                            .getItemByFullName("other", GitOpsApplication.class)
                            .getLastBuild()
                            .getNumber())
                    .isEqualTo(1);
            assertThat(jenkins.jenkins
                            .getItemByFullName("shop", GitOpsApplication.class)
                            .getLastBuild()
                            .getNumber())
                    .as("nothing was lost, nothing is continued")
                    .isEqualTo(1);
        });
    }

    /** What keeps the Deployment from being healthy ends: its pods are made anew, and run. */
    private static void unstick(TestNamespace namespace) {
        namespace.kubectl(
                "patch",
                "deployment",
                "web",
                "--type=merge",
                "-p",
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{"
                        + "\"testcluster.gitops.jenkins.io/behaviour\":\"run\"}}}}}");
    }
}
