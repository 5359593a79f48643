package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.slaves.WorkspaceList;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A source that is no Git repository, and that must have the workspace to be compared with. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class OtherScmTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @TempDir
    private Path source;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
        shop.setScm(new CountedFolder(source.toString()));
        change(1, "hello");
    }

    private void change(int counter, String greeting) throws Exception {
        Files.createDirectories(source.resolve("deploy"));
        Files.writeString(source.resolve("deploy/greeting.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: greeting}
                data: {text: %s}
                """.formatted(greeting));
        Files.writeString(source.resolve("COUNTER"), Integer.toString(counter));
    }

    private boolean hasChanges() {
        return shop.poll(StreamTaskListener.fromStderr()).hasChanges();
    }

    private String pollingLog() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        assertThat(shop.poll(new StreamTaskListener(log, StandardCharsets.UTF_8))
                        .hasChanges())
                .isFalse();
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itIsSyncedAndOnlyASyncMovesWhatPollingComparesWith() throws Exception {
        assertThat(hasChanges()).isTrue();
        GitOpsRun first = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(first.getRevision()).isEmpty();
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(hasChanges()).isFalse();

        change(2, "good morning");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.dryRun, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(hasChanges()).as("a check and a preview saw it; no sync did").isTrue();

        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("good morning");
        assertThat(hasChanges()).isFalse();
    }

    @Test
    void pollingWaitsForWhoeverHasTheWorkspaceAndMakesNothingOfAnOfflineNode() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("inside"));
        shop.setLabelExpression("inside");
        GitOpsRun run = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        change(2, "good morning");

        WorkspaceList.Lease lease = agent.toComputer().getWorkspaceList().acquire(agent.getWorkspaceFor(shop), false);
        CompletableFuture<Boolean> polled = CompletableFuture.supplyAsync(this::hasChanges);
        Thread.sleep(1000);
        assertThat(polled).isNotDone();
        lease.release();
        assertThat(polled.get(30, TimeUnit.SECONDS)).isTrue();

        agent.toComputer().disconnect(new OfflineCause.ByCLI("test")).get();
        assertThat(pollingLog()).contains(agent.getNodeName()).contains("offline");
        jenkins.jenkins.removeNode(agent);
        assertThat(pollingLog()).contains("offline");
        assertThat(run.getBuiltOn()).isNull();
    }
}
