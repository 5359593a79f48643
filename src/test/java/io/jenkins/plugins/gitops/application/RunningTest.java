package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Result;
import hudson.plugins.git.GitTool;
import hudson.slaves.DumbSlave;
import hudson.triggers.SCMTrigger;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** Where an abort finds a build before it writes anything. */
    @Test
    void anAbortStopsTheCheckoutAndTheComparisonWithin5SecondsToo(@TempDir Path folder) throws Exception {
        Path wrapper = folder.resolve("git.sh");
        Files.writeString(
                wrapper,
                "#!/bin/sh\ncase \"$*\" in *fetch*) touch '" + folder
                        + "/fetching'; exec sleep 100;; esac\nexec git \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        GitTool.DescriptorImpl tools = jenkins.jenkins.getDescriptorByType(GitTool.DescriptorImpl.class);
        GitTool[] usual = tools.getInstallations();
        tools.setInstallations(new GitTool("Default", wrapper.toString(), List.of()));
        shop.scheduleSync(new Cause.UserIdCause());
        namespace.await("it fetches", Duration.ofSeconds(60), () -> Files.exists(folder.resolve("fetching")));
        GitOpsRun fetching = shop.getLastBuild();
        abort(fetching);
        jenkins.assertBuildStatus(Result.ABORTED, fetching);
        assertThat(shop.poll(StreamTaskListener.fromStderr()).hasChanges())
                .as("nothing was synced")
                .isTrue();

        tools.setInstallations(usual);
        try (FaultyApiServer silent = new FaultyApiServer(namespace.kubeconfig())) {
            silent.hang("(GET|PATCH) .*configmaps.*", Duration.ofSeconds(100));
            applications.reach(silent);
            shop.scheduleSync(new Cause.UserIdCause());
            namespace.await(
                    "it compares",
                    Duration.ofSeconds(60),
                    () -> silent.requests().stream().anyMatch(request -> request.contains("configmaps")));
            GitOpsRun comparing = shop.getLastBuild();
            abort(comparing);
            jenkins.assertBuildStatus(Result.ABORTED, comparing);
        }
    }

    @Test
    void aLostAgentFailsTheBuildAtOnceAndNothingThatItMadeIsForgotten() throws Exception {
        applications.commitManifest("stuck", STUCK);
        Set<Long> others =
                ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
        DumbSlave agent = jenkins.createOnlineSlave(hudson.model.Label.get("inside"));
        ProcessHandle process = ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child.pid()))
                .findFirst()
                .orElseThrow();
        shop.setLabelExpression("inside");
        shop.getSync().setPrune(true);
        GitOpsRun run = waiting();

        process.destroyForcibly();
        namespace.await("the build ends", Duration.ofSeconds(20), () -> !run.isBuilding());
        applications.finished(run);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("ERROR: The agent was lost in the middle", run);
        assertThat(shop.isInQueue()).isFalse();
        assertThat(shop.getLastSyncedRevision()).isNull();

        jenkins.jenkins.removeNode(agent);
        shop.setLabelExpression("");
        applications.removeManifest("stuck");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.exists("pod/stuck"))
                .as("it is pruned: it was ours")
                .isFalse();
        assertThat(applications.live("greeting")).isEqualTo("hello");
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

    @Test
    void aCommitThatPollingFindsSupersedesASyncThatWaitsToBeTriedAgain() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        shop.addTrigger(new SCMTrigger(""));
        RetrySettings retry = new RetrySettings();
        retry.setLimit(5);
        retry.setFirstPauseSeconds(120);
        shop.getSync().setRetry(retry);
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            server.answer("PATCH .*/configmaps/greeting.*", 503, "ServiceUnavailable", "later");
            applications.reach(server);
            applications.commit("greeting", "stuck");
            shop.schedule(ReconcileMode.sync, List.of());
            namespace.await(
                    "it waits to be tried again",
                    Duration.ofSeconds(60),
                    () -> shop.getLastBuild().getNumber() == 2
                            && log(shop.getLastBuild()).contains("trying again in"));

            server.heal();
            applications.commit("greeting", "newer");
            SharedHeads.get().forget();
            shop.getSCMTrigger().run();
            namespace.await(
                    "the newer one is synced",
                    Duration.ofSeconds(60),
                    () -> "newer".equals(applications.live("greeting")));
        }

        GitOpsRun superseded = shop.getBuildByNumber(2);
        jenkins.assertBuildStatus(Result.NOT_BUILT, superseded);
        jenkins.assertLogContains(
                "superseded: Git has the newer revision that polling found, whose sync is queued", superseded);
        jenkins.assertBuildStatus(Result.SUCCESS, applications.finished(shop.getBuildByNumber(3)));
    }

    private static String log(GitOpsRun run) {
        try {
            return JenkinsRule.getLog(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
