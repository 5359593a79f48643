package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.Reports;
import java.time.Duration;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An application is deleted by its page, with what it made in a real API server. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class RemovalTest {
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

    @Test
    void whatAnApplicationMadeGoesWithItsInventoryAndNothingElse() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        namespace.kubectl("create", "configmap", "foreign");

        remove("prune");

        awaitGone();
        assertThat(namespace.kubectl("get", "configmaps,leases", "-o", "name").lines())
                .containsExactlyInAnyOrder("configmap/kube-root-ca.crt", "configmap/foreign");
    }

    @Test
    void whatHoldsDataKeepsTheItemUntilItIsConfirmed() throws Exception {
        applications.commitManifest("before", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: before, annotations: {argocd.argoproj.io/hook: PreDelete}}
                """);
        applications.commitManifest("data", """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        shop.getSync().setAwaitHealth(false);
        applications.run(shop, ReconcileMode.sync);
        assertThat(shop.getLastSyncedRevision()).isNotNull();
        applications.commitManifest("broken", "{{ no manifest at all");

        remove("prune");
        GitOpsRun waiting = kept(2);

        jenkins.assertBuildStatus(Result.UNSTABLE, waiting);
        jenkins.assertLogContains("holds data", waiting);
        jenkins.assertLogContains("choose to delete them too", waiting);
        assertThat(Reports.sync(waiting).orElseThrow().objects())
                .extracting(done -> done.phase() + " " + done.action() + " " + done.name())
                .contains("PreDelete created before", "Delete deleted greeting")
                .doesNotContain("PreDelete skipped before");
        assertThat(namespace.exists("configmap/greeting")).isFalse();
        assertThat(namespace.exists("persistentvolumeclaim/data")).isTrue();
        assertThat(shop.poll(StreamTaskListener.fromStderr()).hasChanges())
                .as("no sync has the newest commit yet")
                .isTrue();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(waiting).asNormalizedText()).contains("holds data");
        }

        remove("prune", "confirmed");

        awaitGone();
        assertThat(namespace.kubectl("get", "configmaps,leases,persistentvolumeclaims", "-o", "name"))
                .isEqualTo("configmap/kube-root-ca.crt");
    }

    @Test
    void aFailedHookKeepsEverythingUntilHooksAreLeftOut() throws Exception {
        applications.commitManifest("backup", """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: backup, annotations: {gitops.jenkins.io/hook: PreDelete}}
                spec:
                  backoffLimit: 0
                  template:
                    metadata: {annotations: {testcluster.gitops.jenkins.io/behaviour: fail}}
                    spec: {restartPolicy: Never, containers: [{name: run, image: "registry.example/run:1"}]}
                """);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);

        remove("prune");
        GitOpsRun failed = kept(2);

        jenkins.assertBuildStatus(Result.FAILURE, failed);
        jenkins.assertLogContains("PreDelete hook failed", failed);
        assertThat(namespace.exists("configmap/greeting")).isTrue();

        remove("prune", "noHooks");

        awaitGone();
        assertThat(namespace.exists("configmap/greeting")).isFalse();
    }

    @Test
    void releasedObjectsStayAndBelongToNobody() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.read("configmap/greeting", "{.metadata.labels}")).isNotEmpty();

        remove("release");

        awaitGone();
        assertThat(namespace.kubectl("get", "configmaps", "-o", "name").lines())
                .containsExactlyInAnyOrder("configmap/kube-root-ca.crt", "configmap/greeting");
        assertThat(namespace.read("configmap/greeting", "{.metadata.labels}")).isEmpty();
    }

    private void remove(String objects, String... boxes) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.getPage(shop, "remove").getFormByName("remove");
            form.getRadioButtonsByName("objects").stream()
                    .filter(button -> button.getValueAttribute().equals(objects))
                    .forEach(button -> button.setChecked(true));
            List.of(boxes).forEach(box -> form.getInputByName(box).setChecked(true));
            jenkins.submit(form);
        }
    }

    private void awaitGone() {
        namespace.await("the item is gone", Duration.ofSeconds(90), () -> jenkins.jenkins.getItem("shop") == null);
    }

    /** The build of a removal that kept the item. */
    private GitOpsRun kept(int number) throws Exception {
        namespace.await(
                "the build begins",
                Duration.ofSeconds(60),
                () -> shop.getLastBuild().getNumber() == number);
        return applications.finished(shop.getLastBuild());
    }
}
