package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Duration;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** SEMANTICS 8, dependencies, in the queue. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class DependenciesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;
    private GitOpsApplication database;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        repository = git;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        commitDatabase("one");
        shop = applications.create("shop");
        database = applications.create("database");
        database.setSource(new SourceSettings("database"));
        shop.setDependsOn(new DependencySettings(List.of("database")));
        shop.save();
    }

    private void commitDatabase(String value) throws Exception {
        repository.write(
                "database/all.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: database}\ndata: {text: " + value + "}\n");
        repository.git("add", "database");
        repository.git("commit", "--message=database " + value);
    }

    private void awaitWhy(Queue.Item item, String words) {
        namespace.await("the queue says: " + words, SOON, () -> {
            jenkins.jenkins.getQueue().maintain();
            Queue.Item now = jenkins.jenkins.getQueue().getItem(item.getId());
            return now != null && String.valueOf(now.getWhy()).contains(words);
        });
    }

    private void awaitSynced() throws Exception {
        namespace.await("shop is synced", SOON, () -> {
            jenkins.jenkins.getQueue().maintain();
            return shop.getLastBuild() != null
                    && !shop.getLastBuild().isBuilding()
                    && shop.getLastBuild().getMode() == ReconcileMode.sync;
        });
        applications.finished(shop.getLastBuild());
    }

    @Test
    void aSyncWaitsWithoutAnExecutorUntilWhatItDependsOnIsSyncedAsGitSays() throws Exception {
        database.getSync().setAutomatic(false);
        Queue.Item waiting = shop.scheduleSync(new Cause.UserIdCause());
        awaitWhy(waiting, "Waits for what it depends on: database is not synced with its newest revision");
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        GitOpsRun preview = (GitOpsRun)
                shop.schedule(ReconcileMode.dryRun, List.of()).getFuture().get();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(preview));

        database.scheduleSync(new Cause.UserIdCause());
        awaitSynced();
        jenkins.assertBuildStatus(Result.SUCCESS, shop.getLastBuild());
        assertThat(applications.live("greeting")).isEqualTo("hello");

        // A dependency that follows Git by itself is synced first, although nothing polls it.
        database.getSync().setAutomatic(true);
        commitDatabase("two");
        int before = shop.getLastBuild().getNumber();
        shop.scheduleSync(new SCMTrigger.SCMTriggerCause(""));
        namespace.await("shop runs", SOON, () -> {
            jenkins.jenkins.getQueue().maintain();
            return shop.getLastBuild().getNumber() > before;
        });
        assertThat(applications.live("database")).isEqualTo("two");
        assertThat(database.getLastBuild().getCause(DependencyCause.class).getShortDescription())
                .contains("shop depends on this application");
        applications.finished(shop.getLastBuild());
    }

    @Test
    void driftOfADependencyIsSeenAndWhatIsGoneIsAnError() throws Exception {
        applications.run(database, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("database", "by hand");
        Queue.Item waiting = shop.scheduleSync(new SCMTrigger.SCMTriggerCause(""));
        awaitWhy(waiting, "database is OutOfSync");
        assertThat(database.getLastBuild().getMode()).isEqualTo(ReconcileMode.check);
        // Its own checks go on meanwhile.
        jenkins.waitForCompletion((GitOpsRun) shop.scheduleCheck().getFuture().get());
        assertThat(shop.getLastBuild().getMode()).isEqualTo(ReconcileMode.check);

        database.scheduleSync(new Cause.UserIdCause());
        awaitSynced();
        jenkins.assertBuildStatus(Result.SUCCESS, shop.getLastBuild());

        database.delete();
        GitOpsRun run = applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        jenkins.assertLogContains("shop cannot be synced: there is no application \"database\" to depend on", run);
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
    }
}
