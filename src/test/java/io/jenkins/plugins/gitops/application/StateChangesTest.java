package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.heal.HealHistory;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One message for each change of state. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class StateChangesTest {
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    /** Writes down what it is told. */
    @TestExtension
    public static final class Listener extends GitOpsListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        static List<String> told() {
            return hudson.ExtensionList.lookupSingleton(Listener.class).told;
        }

        @Override
        public void onHeal(GitOpsApplication application, GitOpsRun run) {
            told.add("heal #" + run.getNumber());
        }

        @Override
        public void onFight(GitOpsApplication application, GitOpsRun run, List<String> fights) {
            told.add("fight #" + run.getNumber() + " of " + fights.size());
        }

        @Override
        public void onSyncFailed(GitOpsApplication application, GitOpsRun run) {
            told.add("failed #" + run.getNumber());
        }

        @Override
        public void onRecovered(GitOpsApplication application, GitOpsRun run) {
            told.add("recovered #" + run.getNumber());
        }
    }

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
    }

    @Test
    void aFailureAndARecoveryAreToldOnce() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.commitManifest(
                "wrong", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndata: {a: [1]}\n");
        applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        applications.run(shop, ReconcileMode.check);
        applications.removeManifest("wrong");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);

        assertThat(Listener.told()).containsExactly("failed #2", "recovered #5");
    }

    @Test
    void eachHealingIsToldAndAFightOnceUntilItIsOver() throws Exception {
        shop.setDriftPolicy(DriftPolicy.heal);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        healedFiveTimes();
        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        // Nothing is healed then, so nobody learns whether the fight goes on.
        shop.getSync().setWindows(List.of(new WindowSettings(SyncWindow.Kind.deny, "0 0 * * *", "24h")));
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        shop.getSync().setWindows(List.of());
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(Listener.told()).containsExactly("heal #2", "fight #3 of 1");

        applications.changeByHand("greeting", "hello");
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        healedFiveTimes();
        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(Listener.told()).containsExactly("heal #2", "fight #3 of 1", "fight #8 of 1");
    }

    private void healedFiveTimes() throws Exception {
        String field = "ConfigMap " + namespace.name() + "/greeting data.text";
        shop.heals()
                .write(ReportJson.pretty(new HealHistory(
                        1, Map.of(field, new HealHistory.Healed(5, Instant.now().minus(Duration.ofHours(1)))))));
    }
}
