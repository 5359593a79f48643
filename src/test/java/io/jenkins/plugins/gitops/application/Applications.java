package io.jenkins.plugins.gitops.application;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.plugins.git.GitSampleRepoRule;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins with a configured cluster, a repository, and an application between them. */
final class Applications {
    private final JenkinsRule jenkins;
    private final GitSampleRepoRule repository;
    private final TestNamespace namespace;
    private String token;

    Applications(JenkinsRule jenkins, GitSampleRepoRule repository, TestNamespace namespace) throws Exception {
        this.jenkins = jenkins;
        this.repository = repository;
        this.namespace = namespace;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "kubeconfig",
                        "",
                        "kubeconfig",
                        SecretBytes.fromBytes(Files.readAllBytes(kubeconfig()))));
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setCredentialsId("kubeconfig");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
        repository.init();
        commit("greeting", "hello");
    }

    /** Lets the cluster be reached through a server that spoils answers. */
    void reach(FaultyApiServer server) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "faulty",
                        "",
                        "kubeconfig",
                        SecretBytes.fromBytes(
                                Files.readAllBytes(server.kubeconfig(Files.createTempFile("kubeconfig-", ".yaml"))))));
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setCredentialsId("faulty");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
    }

    /** Lets the cluster be where nobody answers. */
    void stopReaching() {
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setServerUrl("https://127.0.0.1:9");
        cluster.setCredentialsId("kubeconfig");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
    }

    /** Of a ServiceAccount that may do everything. */
    private Path kubeconfig() throws IOException {
        namespace.kubectl("create", "serviceaccount", "jenkins");
        namespace.kubectl(
                "create",
                "clusterrolebinding",
                namespace.name(),
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + namespace.name() + ":jenkins");
        token = namespace.kubectl("create", "token", "jenkins", "--duration=1h");
        return namespace.kubeconfigWithToken(Files.createTempFile("kubeconfig-", ".yaml"), token);
    }

    /** What the cluster's credential holds. */
    String token() {
        return token;
    }

    GitOpsApplication create(String name) throws Exception {
        GitOpsApplication application = jenkins.createProject(GitOpsApplication.class, name);
        follow(application, "*/master");
        application.setSource(new SourceSettings("deploy"));
        application.setClusterName("test");
        application.setNamespace(namespace.name());
        application.save();
        return application;
    }

    void follow(GitOpsApplication application, String branch) {
        application.setScm(new GitSCM(
                GitSCM.createRepoList(repository.toString(), null),
                List.of(new BranchSpec(branch)),
                null,
                null,
                List.of()));
    }

    /** Commits a ConfigMap with one value. */
    String commit(String name, String value) throws Exception {
        return commitManifest(name, """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  text: %s
                """.formatted(name, value));
    }

    String commitManifest(String name, String manifest) throws Exception {
        repository.write("deploy/" + name + ".yaml", manifest);
        repository.git("add", "deploy");
        repository.git("commit", "--message=change " + name + " to " + manifest.hashCode());
        return repository.head();
    }

    void removeManifest(String name) throws Exception {
        repository.git("rm", "--quiet", "deploy/" + name + ".yaml");
        repository.git("commit", "--message=remove " + name);
    }

    /** Commits a file that no application reads. */
    String commitElsewhere(String text) throws Exception {
        repository.write("README", text);
        repository.git("add", "README");
        repository.git("commit", "--message=" + text);
        return repository.head();
    }

    /** Polls as the schedule does, and runs the build that comes of it to its end. */
    GitOpsRun pollAndRun(GitOpsApplication application) throws Exception {
        int next = application.getNextBuildNumber();
        SharedHeads.get().forget();
        application.getSCMTrigger().run();
        namespace.await(
                "the commit is noticed",
                Duration.ofSeconds(60),
                () -> application.getLastBuild().getNumber() == next);
        return finished(application.getLastBuild());
    }

    /** Runs a build to its end. */
    GitOpsRun run(GitOpsApplication application, ReconcileMode mode) throws Exception {
        Queue.Executable run = application.schedule(mode, List.of()).getFuture().get(3, TimeUnit.MINUTES);
        return finished((GitOpsRun) run);
    }

    GitOpsRun run(GitOpsApplication application, ReconcileMode mode, Result expected) throws Exception {
        return jenkins.assertBuildStatus(expected, run(application, mode));
    }

    /** With all that listeners do after it. */
    GitOpsRun finished(GitOpsRun run) throws Exception {
        jenkins.waitForCompletion(run);
        jenkins.waitUntilNoActivityUpTo(60_000);
        return run;
    }

    String live(String name) {
        return namespace.read("configmap/" + name, "{.data.text}");
    }

    /** Changes the cluster as somebody with kubectl does. */
    void changeByHand(String name, String value) {
        namespace.kubectl(
                "patch", "configmap/" + name, "--type=merge", "-p", "{\"data\":{\"text\":\"" + value + "\"}}");
    }
}
