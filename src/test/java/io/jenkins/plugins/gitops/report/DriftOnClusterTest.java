package io.jenkins.plugins.gitops.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.application.SourceSettings;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Reports of builds that really synced and compared. */
@WithJenkins
@WithCluster
@WithGitSampleRepo
class DriftOnClusterTest {
    private static final String MANIFESTS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {currency: EUR}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: db}
            stringData: {password: correct-horse}
            """;

    @Test
    void aChangeByHandIsReportedWithWhoMadeItAndNoSecretIsWrittenDown(
            JenkinsRule jenkins, TestNamespace cluster, GitSampleRepoRule repository) throws Exception {
        repository.init();
        repository.write("deploy/shop.yaml", MANIFESTS);
        repository.git("add", "deploy");
        repository.git("commit", "--message=shop");
        GitOpsApplication shop = application(jenkins, cluster, repository);

        GitOpsRun sync = run(jenkins, shop.scheduleSync(new Cause.UserIdCause()));
        assertThat(sync.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(text(jenkins, sync.getUrl() + "sync/")).contains("Synced in").contains("2 created");

        cluster.kubectl(
                "patch",
                "configmap",
                "settings",
                "--field-manager=kubectl-edit",
                "-p",
                patch("data", "currency", "USD"));
        cluster.kubectl("patch", "secret", "db", "-p", patch("stringData", "password", "battery-staple"));
        GitOpsRun check = run(jenkins, shop.scheduleCheck(new Cause.UserIdCause()));

        assertThat(check.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(text(jenkins, shop.getUrl() + "drift/"))
                .contains("2 objects drifted; last change")
                .contains("data.currency")
                .contains("EUR")
                .contains("USD")
                .contains("kubectl-edit")
                .contains("secret, changed");
        assertThat(text(jenkins, shop.getUrl())).contains("Out of sync");
        String json = jenkins.createWebClient()
                .goTo(check.getUrl() + "drift/report.json", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(json).isEqualTo(ReportJson.pretty(ReportJson.read(json, DriftReport.class)) + "\n");
        assertThat(everythingOf(shop))
                .doesNotContain("correct-horse", encoded("correct-horse"))
                .doesNotContain("battery-staple", encoded("battery-staple"));
    }

    private static GitOpsApplication application(
            JenkinsRule jenkins, TestNamespace cluster, GitSampleRepoRule repository) throws Exception {
        cluster.kubectl("create", "serviceaccount", "jenkins");
        cluster.kubectl(
                "create",
                "rolebinding",
                "jenkins",
                "--clusterrole=admin",
                "--serviceaccount=" + cluster.name() + ":jenkins");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "token",
                        "",
                        Secret.fromString(cluster.kubectl("create", "token", "jenkins"))));
        ClusterDefinition definition = new ClusterDefinition("test");
        definition.setServerUrl(kubeconfig(cluster, "server"));
        definition.setCaCertificate(new String(
                Base64.getDecoder().decode(kubeconfig(cluster, "certificate-authority-data")),
                StandardCharsets.US_ASCII));
        definition.setCredentialsId("token");
        GitOpsConfiguration.get().setClusters(List.of(definition));
        GitOpsApplication application = jenkins.jenkins.createProject(GitOpsApplication.class, "shop");
        application.setScm(new GitSCM(
                List.of(new UserRemoteConfig(repository.fileUrl(), null, null, null)),
                List.of(new BranchSpec("*/master")),
                null,
                null,
                List.of()));
        application.setSource(new SourceSettings("deploy"));
        application.setClusterName("test");
        application.setNamespace(cluster.name());
        application.save();
        return application;
    }

    private static String kubeconfig(TestNamespace cluster, String field) {
        return cluster.kubectl(
                "config", "view", "--raw", "--minify", "-o", "jsonpath={.clusters[0].cluster." + field + "}");
    }

    private static GitOpsRun run(JenkinsRule jenkins, Queue.Item item) throws Exception {
        GitOpsRun run = (GitOpsRun) requireNonNull(item).getFuture().get();
        return jenkins.waitForCompletion(run);
    }

    private static String text(JenkinsRule jenkins, String url) throws Exception {
        return jenkins.createWebClient().goTo(url).asNormalizedText();
    }

    private static String patch(String block, String key, String value) {
        return "{\"" + block + "\":{\"" + key + "\":\"" + value + "\"}}";
    }

    private static String encoded(String secret) {
        return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Every file of the item's folder: configuration, builds, logs, reports. */
    private static String everythingOf(GitOpsApplication application) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(application.getRootDir().toPath())) {
            files.filter(Files::isRegularFile).map(DriftOnClusterTest::read).forEach(all::append);
        }
        assertThat(all).contains("data.password");
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
