package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Cause;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is killed in the middle of a sync, in a process of its own. */
@WithCluster
@WithGitSampleRepo
class CrashTest {
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

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .javaOptions("-Dhudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT=true", "-Xmx512m")
            .withTimeout(300);

    @Test
    void theNextStartContinuesOnceAndConvergesAndNothingIsContinuedThatAUserAborted(
            TestNamespace namespace, GitSampleRepoRule repository) throws Throwable {
        repository.init();
        repository.write("deploy/stuck.yaml", STUCK);
        repository.git("add", "deploy");
        repository.git("commit", "--message=stuck");
        String kubeconfig = Files.readString(namespace.kubeconfig(), StandardCharsets.UTF_8);

        controller.startJenkins();
        controller.runRemotely(CrashTest::begin, kubeconfig, namespace.name(), repository.toString());
        namespace.await("the sync writes", Duration.ofSeconds(90), () -> namespace.exists("pod/stuck"));
        controller.stopJenkinsForcibly();

        repository.write("deploy/stuck.yaml", STUCK.replace(": stuck", ": run").replace("name: run", "name: stuck"));
        repository.git("commit", "--all", "--message=unstuck");
        namespace.kubectl("delete", "pod", "stuck", "--now");
        controller.startJenkins();
        controller.runRemotely(CrashTest::converges);
        assertThat(namespace.read("pod/stuck", "{.metadata.annotations}")).contains("run");

        repository.write("deploy/stuck.yaml", STUCK.replace("name: stuck", "name: again"));
        repository.git("commit", "--all", "--message=stuck again");
        controller.runRemotely(CrashTest::beginAgain);
        namespace.await("the sync writes", Duration.ofSeconds(90), () -> namespace.exists("pod/again"));
        controller.runRemotely(CrashTest::abort);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(CrashTest::nothingIsContinued);
    }

    private static void begin(JenkinsRule jenkins, String kubeconfig, String namespace, String repository)
            throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "kubeconfig",
                        "",
                        "kubeconfig",
                        SecretBytes.fromBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
        SystemCredentialsProvider.getInstance().save();
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setCredentialsId("kubeconfig");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
        GitOpsApplication shop = jenkins.createProject(GitOpsApplication.class, "shop");
        shop.setScm(new GitSCM(
                GitSCM.createRepoList(repository, null), List.of(new BranchSpec("*/master")), null, null, List.of()));
        shop.setSource(new SourceSettings("deploy"));
        shop.setClusterName("test");
        shop.setNamespace(namespace);
        shop.save();
        shop.scheduleSync(new Cause.UserIdCause());
    }

    private static GitOpsApplication shop(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
    }

    private static void converges(JenkinsRule jenkins) throws Exception {
        jenkins.waitUntilNoActivityUpTo(120_000);
        GitOpsApplication shop = shop(jenkins);
        GitOpsRun lost = shop.getBuildByNumber(1);
        assertThat(lost.getResult()).isEqualTo(Result.ABORTED);
        GitOpsRun next = shop.getBuildByNumber(2);
        jenkins.assertBuildStatus(Result.SUCCESS, next);
        assertThat(next.getCause(ContinuationCause.class).getShortDescription()).contains("#1");
        jenkins.assertLogContains("Continues #1, which was lost while it wrote", next);
        assertThat(shop.getLastBuild()).isEqualTo(next);
        assertThat(shop.getLastSyncedRevision()).isEqualTo(next.getRevision());
    }

    private static void beginAgain(JenkinsRule jenkins) {
        shop(jenkins).scheduleSync(new Cause.UserIdCause());
    }

    private static void abort(JenkinsRule jenkins) throws Exception {
        GitOpsRun run = shop(jenkins).getLastBuild();
        assertThat(run.getNumber()).isEqualTo(3);
        run.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("somebody"));
        jenkins.waitForCompletion(run);
    }

    private static void nothingIsContinued(JenkinsRule jenkins) throws Exception {
        jenkins.waitUntilNoActivityUpTo(60_000);
        assertThat(shop(jenkins).getLastBuild().getNumber()).isEqualTo(3);
    }
}
