package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.watch.ClusterChangeCause;
import java.time.Duration;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A watched cluster, and a real API server. */
@WithCluster
@WithGitSampleRepo
class ClusterWatchTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void watch(String agentLabel) {
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setCredentialsId("kubeconfig");
        cluster.setAgentLabel(agentLabel);
        cluster.setWatched(true);
        GitOpsConfiguration.get().setClusters(List.of(cluster));
    }

    private static void awaitPage(JenkinsRule jenkins, TestNamespace namespace, String... words) {
        namespace.await("the page says " + List.of(words), SOON, () -> {
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                String page = client.goTo("manage/gitops-watches").asNormalizedText();
                return List.of(words).stream().allMatch(page::contains);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static GitOpsRun awaitCheck(TestNamespace namespace, GitOpsApplication shop, int after) {
        namespace.await(
                "a check begins",
                SOON,
                () -> shop.getLastBuild().getNumber() > after
                        && !shop.getLastBuild().isLogUpdated());
        return shop.getLastBuild();
    }

    @Test
    void whoeverChangesSomethingHasItCheckedAndOwnSyncsDoNot(GitSampleRepoRule git, TestNamespace namespace)
            throws Throwable {
        sessions.then(jenkins -> {
            Applications applications = new Applications(jenkins, git, namespace);
            SystemCredentialsProvider.getInstance().save();
            watch("");
            GitOpsApplication shop = applications.create("shop");
            applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
            awaitPage(jenkins, namespace, "test", "Watching", "ConfigMap");

            applications.changeByHand("greeting", "by hand");
            GitOpsRun check = awaitCheck(namespace, shop, 1);
            assertThat(check.getMode()).isEqualTo(ReconcileMode.check);
            assertThat(check.getResult()).isEqualTo(Result.UNSTABLE);
            assertThat(check.getCause(ClusterChangeCause.class).getShortDescription())
                    .contains("Change on the cluster: ConfigMap " + namespace.name() + "/greeting by kubectl");

            // A kind that was not there, deleted by somebody; its own sync before that starts nothing.
            applications.commitManifest("pod", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n");
            applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
            int synced = shop.getLastBuild().getNumber();
            awaitPage(jenkins, namespace, "ServiceAccount");
            Thread.sleep(5_000);
            assertThat(shop.getLastBuild().getNumber()).isEqualTo(synced);
            namespace.kubectl("delete", "serviceaccount", "robot");
            assertThat(awaitCheck(namespace, shop, synced)
                            .getCause(ClusterChangeCause.class)
                            .getShortDescription())
                    .contains("ServiceAccount " + namespace.name() + "/robot");
        });
        sessions.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            awaitPage(jenkins, namespace, "test", "Watching", "ConfigMap");
            int before = shop.getLastBuild().getNumber();
            namespace.kubectl("patch", "configmap/greeting", "--type=merge", "-p", "{\"data\":{\"text\":\"again\"}}");
            awaitCheck(namespace, shop, before);

            DumbSlave agent = jenkins.createOnlineSlave(hudson.model.Label.get("inside"));
            watch("inside");
            awaitPage(jenkins, namespace, agent.getDisplayName(), "Watching", "ConfigMap");
            before = shop.getLastBuild().getNumber();
            namespace.kubectl("patch", "configmap/greeting", "--type=merge", "-p", "{\"data\":{\"text\":\"more\"}}");
            awaitCheck(namespace, shop, before);

            before = shop.getLastBuild().getNumber();
            shop.makeDisabled(true);
            namespace.kubectl("patch", "configmap/greeting", "--type=merge", "-p", "{\"data\":{\"text\":\"off\"}}");
            awaitPage(jenkins, namespace, "No cluster is watched");
            assertThat(shop.getLastBuild().getNumber()).isEqualTo(before);
        });
    }
}
