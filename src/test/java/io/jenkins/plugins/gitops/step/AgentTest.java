package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.engine.cluster.FaultyApiServer;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.File;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The work is done where the agent is: in another network than the controller's, and in a process that may be lost. */
@WithJenkins
@WithCluster
class AgentTest {
    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin(JenkinsRule rule, TestNamespace own) throws Exception {
        jenkins = rule;
        namespace = own;
        site = new Site(rule, own, folder).cluster();
    }

    private static String write(String yaml) {
        return "node('inside') {\nwriteFile file: 'deploy/app.yaml', text: '''" + yaml + "'''\n";
    }

    /** The API server has a name that only the agent's process resolves. */
    @Test
    void aClusterThatOnlyTheAgentReaches() throws Exception {
        try (FaultyApiServer server = new FaultyApiServer(namespace.kubeconfig())) {
            String kubeconfig = Files.readString(server.kubeconfig(folder.resolve("kubeconfig")))
                    .replace("127.0.0.1", "inside.invalid");
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new FileCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            "inside",
                            "",
                            "kubeconfig",
                            SecretBytes.fromRawBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
            site.changeCluster(cluster -> cluster.setCredentialsId("inside"));
            site.commit(Site.colour("blue"));
            GitOpsApplication shop = site.application("shop");
            GitOpsRun outside = sync(shop, Result.FAILURE);
            jenkins.assertLogContains("inside.invalid", outside);

            agent(Files.writeString(folder.resolve("hosts"), "127.0.0.1 inside.invalid localhost\n"));
            site.changeCluster(cluster -> cluster.setAgentLabel("inside"));
            GitOpsRun inside = sync(shop, Result.SUCCESS);
            assertThat(inside.getBuiltOnStr()).isEqualTo("agent");
            assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
            testConnection(site.clusterDefinition());
            assertThat(server.requests()).isNotEmpty();

            WorkflowRun run = jenkins.buildAndAssertSuccess(
                    site.pipeline(write(Site.colour("green").replace("settings", "own"))
                            + "echo 'own ' + gitopsSync(cluster: 'test', path: 'deploy', name: 'own').result\n}\n"
                            + "echo 'shop ' + gitopsDiff(application: 'shop').drifted\n"
                            + "echo 'wait ' + gitopsWait(application: 'shop').verdict\n"
                            + "echo 'sync ' + gitopsSync(application: 'shop').result\n"));
            jenkins.assertLogContains("own SUCCESS", run);
            jenkins.assertLogContains("shop 0", run);
            jenkins.assertLogContains("wait InSync", run);
            jenkins.assertLogContains("sync SUCCESS", run);
        }
    }

    private GitOpsRun sync(GitOpsApplication application, Result expected) throws Exception {
        application.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        return jenkins.assertBuildStatus(expected, application.getLastBuild());
    }

    /** As the form's button does. */
    private void testConnection(ClusterDefinition cluster) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(
                    new URL(
                            jenkins.getURL(),
                            "descriptorByName/" + ClusterDefinition.class.getName() + "/testConnection?name="
                                    + cluster.getName() + "&serverUrl=&caCertificate=&credentialsId="
                                    + cluster.getCredentialsId() + "&agentLabel=" + cluster.getAgentLabel()),
                    HttpMethod.POST);
            client.addCrumb(request);
            String answer = client.getPage(request).getWebResponse().getContentAsString();
            assertThat(answer).contains("class=\"ok\"", "(Tried from agent.)");
        }
    }

    /** @param hosts the only names that its Java resolves */
    private DumbSlave agent(Path hosts) throws Exception {
        File jar = new File(jenkins.jenkins.getJnlpJars("agent.jar").getURL().toURI());
        DumbSlave agent = new DumbSlave(
                "agent",
                folder.resolve("agent").toString(),
                new SimpleCommandLauncher("\"" + System.getProperty("java.home") + "/bin/java\" -Xmx256m"
                        + " -Djdk.net.hosts.file=" + hosts + " -jar \"" + jar.getAbsolutePath() + "\""));
        agent.setLabelString("inside");
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        return agent;
    }

    @Test
    void anAgentThatIsLostFailsTheStepAtOnceAndTheNextBuildGoesOn() throws Exception {
        Set<Long> others =
                ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("inside"));
        List<ProcessHandle> process = ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child.pid()))
                .toList();
        WorkflowJob pipeline = site.pipeline(
                write(Site.STUCK) + "gitopsSync cluster: 'test', path: 'deploy', name: 'shop', prune: true\n}");
        WorkflowRun run = pipeline.scheduleBuild2(0).waitForStart();
        namespace.await("the sync writes", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        jenkins.waitForMessage("is Progressing", run);

        process.forEach(ProcessHandle::destroyForcibly);

        namespace.await("the pipeline ends", Duration.ofSeconds(30), () -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("The agent was lost in the middle", run);
        jenkins.jenkins.removeNode(agent);
        jenkins.createOnlineSlave(Label.get("inside"));
        pipeline.setDefinition(new CpsFlowDefinition(
                write(Site.colour("blue")) + "gitopsSync cluster: 'test', path: 'deploy', name: 'shop', prune: true\n}",
                true));
        jenkins.buildAndAssertSuccess(pipeline);
        assertThat(namespace.exists("deployment/web"))
                .as("it is pruned: it was ours")
                .isFalse();
        assertThat(namespace.exists("configmap/settings")).isTrue();
    }
}
