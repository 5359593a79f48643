package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds while they run, and what they leave behind. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class RunningTest {
    /** Its pod never becomes ready, so a sync waits for it. */
    private static final String STUCK = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: stuck
              annotations: {testcluster.gitops.jenkins.io/behaviour: stuck}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - {name: main, image: example.invalid/main}
            """;

    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
    }

    private GitOpsRun waiting() throws Exception {
        shop.scheduleSync(new Cause.UserIdCause());
        namespace.await("the sync waits for health", Duration.ofSeconds(60), () -> {
            GitOpsRun last = shop.getLastBuild();
            return last != null && namespace.exists("pod/stuck");
        });
        return shop.getLastBuild();
    }

    private void abort(GitOpsRun run) throws Exception {
        long start = System.nanoTime();
        run.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("somebody"));
        namespace.await("the build stops", Duration.ofSeconds(5), () -> !run.isBuilding());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        applications.finished(run);
    }

    @Test
    void oneBuildAtATimeAndAnAbortStopsItWithin5Seconds() throws Exception {
        applications.commitManifest("stuck", STUCK);
        GitOpsRun run = waiting();
        shop.scheduleCheck(new CheckTrigger.CheckCause());
        Thread.sleep(2000);
        assertThat(shop.getLastBuild()).isEqualTo(run);
        assertThat(shop.getCauseOfBlockage()).isNotNull();
        jenkins.jenkins.getQueue().clear();

        abort(run);

        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertThat(run.isWriting()).isFalse();
        assertThat(shop.getLastSyncedRevision()).isNull();
        Continuation.resume(shop);
        assertThat(shop.isInQueue()).as("an aborted build is not continued").isFalse();
    }

    @Test
    void anAgentDoesTheWorkAndStopsWithin5SecondsToo() throws Exception {
        applications.commitManifest("stuck", STUCK);
        jenkins.createOnlineSlave(hudson.model.Label.get("inside"));
        shop.setLabelExpression("inside");
        GitOpsRun run = waiting();
        assertThat(run.getBuiltOnStr())
                .isEqualTo(shop.getLastBuiltOn().getNodeName())
                .isNotEmpty();

        abort(run);

        jenkins.assertBuildStatus(Result.ABORTED, run);
    }

    @Test
    void whatIsAppliedButUnhealthyIsUnstable() throws Exception {
        applications.commitManifest(
                "broken",
                STUCK.replace(": stuck", ": image-pull-error").replace("name: image-pull-error", "name: broken"));

        GitOpsRun run = applications.run(shop, ReconcileMode.sync);

        assertThat(run.getResult()).as(run.getLog(1000).toString()).isEqualTo(Result.UNSTABLE);
        assertThat(shop.getLastSyncedRevision()).isEqualTo(run.getRevision());
    }

    @Test
    void aManifestThatIsWrongFailsAndSaysWhere() throws Exception {
        applications.commitManifest("wrong", "apiVersion: v1\nkind: ConfigMap\n");

        GitOpsRun run = applications.run(shop, ReconcileMode.sync, Result.FAILURE);

        jenkins.assertLogContains("wrong.yaml:1", run);
        assertThat(namespace.exists("configmap/greeting")).isFalse();
        shop.setClusterName("gone");
        jenkins.assertLogContains("gone", applications.run(shop, ReconcileMode.check, Result.FAILURE));
        shop.setClusterName("");
        jenkins.assertLogContains(
                Messages.Reconciliation_NoCluster(), applications.run(shop, ReconcileMode.check, Result.FAILURE));
    }

    @Test
    void secretsAreNowhere() throws Exception {
        String value = "s3cr3t-of-the-shop";
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        applications.commitManifest(
                "password",
                "{apiVersion: v1, kind: Secret, metadata: {name: password}, data: {text: " + encoded + "}}");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        namespace.kubectl("patch", "secret/password", "--type=merge", "-p", "{\"data\":{\"text\":\"b3RoZXI=\"}}");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.dryRun, Result.SUCCESS);
        List<String> secrets = List.of(value, encoded, "b3RoZXI=", applications.token());

        try (var files = Files.walk(shop.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (String page :
                    List.of("", "api/json?depth=3", "configure", "lastBuild/", "lastBuild/api/json?depth=3")) {
                String content = client.goTo(
                                shop.getUrl() + page, page.contains("api/json") ? "application/json" : "text/html")
                        .getWebResponse()
                        .getContentAsString();
                assertThat(content).as(page).doesNotContain(secrets);
            }
        }
    }
}
