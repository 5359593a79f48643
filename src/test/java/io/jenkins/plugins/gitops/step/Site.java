package io.jenkins.plugins.gitops.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.SourceSettings;
import io.jenkins.plugins.gitops.application.SyncSettings;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What a test of a step needs around it: a cluster that Jenkins knows, a repository, an application, a pipeline. */
final class Site {
    /** A Deployment whose pods are never ready: a sync of it goes on until it is stopped, or its time is up. */
    static final String STUCK = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata:
                  labels: {app: web}
                  annotations: {testcluster.gitops.jenkins.io/behaviour: stuck}
                spec:
                  containers: [{name: web, image: registry.example.com/web:1}]
            """;

    /** A Pod whose image cannot be pulled: a sync of it ends soon, and unhealthy. */
    static final String BROKEN = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: broken
              annotations: {testcluster.gitops.jenkins.io/behaviour: image-pull-error}
            spec:
              containers:
              - {name: main, image: registry.example.com/main:1}
            """;

    private final JenkinsRule jenkins;
    private final TestNamespace namespace;
    private final Path repository;

    Site(JenkinsRule jenkins, TestNamespace namespace, Path folder) throws IOException {
        this.jenkins = jenkins;
        this.namespace = namespace;
        this.repository = Files.createDirectories(folder.resolve("repository"));
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
    }

    /** What steps of a pipeline are marked with. */
    static List<String> warnings(WorkflowRun run) {
        List<String> warnings = new ArrayList<>();
        for (FlowNode node : new DepthFirstScanner().allNodes(run.getExecution())) {
            WarningAction warning = node.getPersistentAction(WarningAction.class);
            if (warning != null) {
                warnings.add(warning.getResult() + ": " + warning.getMessage());
            }
        }
        return warnings;
    }

    static String colour(String colour) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {colour: %s}
                """.formatted(colour);
    }

    /** Makes the cluster known as {@code test}, with the test's namespace as its default. */
    Site cluster() throws IOException {
        FileCredentialsImpl kubeconfig = new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "kubeconfig",
                "",
                "kubeconfig",
                SecretBytes.fromRawBytes(Files.readAllBytes(namespace.kubeconfig())));
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(Domain.global(), kubeconfig);
        ClusterDefinition cluster = new ClusterDefinition("test");
        cluster.setCredentialsId("kubeconfig");
        cluster.setDefaultNamespace(namespace.name());
        GitOpsConfiguration.get().setClusters(List.of(cluster));
        return this;
    }

    ClusterDefinition clusterDefinition() {
        return GitOpsConfiguration.get().getClusters().get(0);
    }

    void changeCluster(java.util.function.Consumer<ClusterDefinition> change) {
        ClusterDefinition cluster = clusterDefinition();
        change.accept(cluster);
        GitOpsConfiguration.get().setClusters(List.of(cluster));
    }

    /** Commits the text as the only manifest, and returns the commit's id. */
    String commit(String yaml) throws Exception {
        if (!Files.exists(repository.resolve(".git"))) {
            git("init", "--quiet", "--initial-branch=main");
        }
        Files.createDirectories(repository.resolve("deploy"));
        Files.writeString(repository.resolve("deploy/app.yaml"), yaml);
        git("add", ".");
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "-m", "change");
        return git("rev-parse", "HEAD");
    }

    /** Puts a file into the repository, for the next commit. A script may be run. */
    Site file(String path, String text) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (text.startsWith("#!") && !file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return this;
    }

    /** Lets others push to the branch that is checked out, as a bare repository would. */
    void acceptPushes() throws Exception {
        git("config", "receive.denyCurrentBranch", "ignore");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ":\n" + output);
        }
        return output.strip();
    }

    String repositoryUrl() {
        return repository.toUri().toString();
    }

    GitOpsApplication application(String name) throws IOException {
        return application(jenkins.jenkins, name);
    }

    GitOpsApplication application(ItemGroup<?> parent, String name) throws IOException {
        GitOpsApplication application = create(parent, GitOpsApplication.class, name);
        application.setScm(scm());
        application.setSource(new SourceSettings("deploy"));
        application.setClusterName("test");
        application.setNamespace(namespace.name());
        SyncSettings sync = new SyncSettings();
        sync.setTimeoutMinutes(5);
        application.setSync(sync);
        application.save();
        return application;
    }

    private GitSCM scm() {
        return new GitSCM(
                GitSCM.createRepoList(repositoryUrl(), null), List.of(new BranchSpec("*/main")), null, null, List.of());
    }

    /** One whose Jenkinsfile is in the repository, so that an agent's workspace is a checkout of it. */
    WorkflowJob pipelineOfRepository() throws IOException {
        WorkflowJob pipeline = create(jenkins.jenkins, WorkflowJob.class, "deploy");
        pipeline.setDefinition(new CpsScmFlowDefinition(scm(), "Jenkinsfile"));
        return pipeline;
    }

    WorkflowJob pipeline(String script) throws Exception {
        return pipeline(jenkins.jenkins, script);
    }

    WorkflowJob pipeline(ItemGroup<?> parent, String script) throws Exception {
        return pipeline(parent, "deploy", script);
    }

    WorkflowJob pipeline(ItemGroup<?> parent, String name, String script) throws Exception {
        WorkflowJob pipeline = create(parent, WorkflowJob.class, name);
        pipeline.setDefinition(new CpsFlowDefinition(script, true));
        return pipeline;
    }

    private static <T extends TopLevelItem> T create(ItemGroup<?> parent, Class<T> type, String name)
            throws IOException {
        return type.cast(((ModifiableTopLevelItemGroup) parent)
                .createProject((TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type), name, true));
    }
}
