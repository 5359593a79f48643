package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** SEMANTICS 8, by checks on a schedule. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class HealingTest {
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
        shop.setDriftPolicy(DriftPolicy.heal);
        applications.commit("farewell", "goodbye");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
    }

    /** As if checks had healed the greeting so often. */
    private void healedBefore(int times, Duration ago) throws Exception {
        String field = "ConfigMap " + namespace.name() + "/greeting data.text";
        shop.heals()
                .write(ReportJson.pretty(new HealHistory(
                        1,
                        Map.of(
                                field,
                                new HealHistory.Healed(times, Instant.now().minus(ago))))));
    }

    @Test
    void theSixthReturnOfAFieldIsAFightThatIsNamedAndTheObjectIsHealedNoMore() throws Exception {
        applications.changeByHand("greeting", "hacked");
        assertThat(applications.run(shop, ReconcileMode.check, Result.SUCCESS).isHealed())
                .isTrue();
        assertThat(applications.live("greeting")).isEqualTo("hello");

        healedBefore(4, Duration.ofMinutes(-5));
        applications.changeByHand("greeting", "hacked");
        GitOpsRun tooSoon = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        jenkins.assertLogContains("healed again not before", tooSoon);
        assertThat(tooSoon.isHealed()).isFalse();
        assertThat(applications.live("greeting")).isEqualTo("hacked");

        healedBefore(5, Duration.ofHours(1));
        applications.changeByHand("farewell", "hacked");
        GitOpsRun fight = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);

        jenkins.assertLogContains("data.text came back 6 times; written by kubectl-patch", fight);
        assertThat(fight.getFights()).singleElement().asString().contains("greeting data.text came back 6 times");
        assertThat(applications.live("greeting")).as("fought for").isEqualTo("hacked");
        assertThat(applications.live("farewell")).as("another object").isEqualTo("goodbye");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(fight).asNormalizedText()).contains("came back 6 times");
        }

        applications.changeByHand("greeting", "hello");
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        applications.changeByHand("greeting", "hacked");
        assertThat(applications.run(shop, ReconcileMode.check, Result.SUCCESS).isHealed())
                .as("it was seen to stay as Git says")
                .isTrue();
        assertThat(applications.live("greeting")).isEqualTo("hello");
    }

    @Test
    void aHealRunsNoHooksAndTheNextSyncDoes() throws Exception {
        applications.commitManifest("hook", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: hook, annotations: {argocd.argoproj.io/hook: PreSync}}
                """);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.exists("configmap/hook")).isTrue();
        namespace.kubectl("delete", "configmap/hook");
        applications.changeByHand("greeting", "hacked");

        assertThat(applications.run(shop, ReconcileMode.check, Result.SUCCESS).isHealed())
                .isTrue();

        assertThat(applications.live("greeting")).isEqualTo("hello");
        assertThat(namespace.exists("configmap/hook")).isFalse();
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.exists("configmap/hook")).isTrue();
    }
}
