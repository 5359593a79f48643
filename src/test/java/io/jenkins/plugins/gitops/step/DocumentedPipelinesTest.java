package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The Jenkinsfiles of {@code docs/steps.md}, run as they stand there. What of the reader's world they name is put around them:
 * the programs that they call, and a repository in place of the one of example.com.
 */
@WithJenkins
@WithCluster
class DocumentedPipelinesTest {
    private static final Path DOCUMENT = Path.of("docs/steps.md");
    private static final Pattern HEADING_OR_PIPELINE =
            Pattern.compile("(?ms)^##? (\\V+)$|^```groovy\\n(pipeline \\{.*?)^```$");

    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;
    private Path programs;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin(JenkinsRule rule, TestNamespace own) throws Exception {
        jenkins = rule;
        namespace = own;
        site = new Site(rule, own, folder).cluster();
        programs = Files.createDirectories(folder.resolve("programs"));
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("PATH+PROGRAMS", programs.toString()),
                        new EnvironmentVariablesNodeProperty.Entry("REPOSITORY", site.repositoryUrl()),
                        new EnvironmentVariablesNodeProperty.Entry("GIT_CONFIG_COUNT", "1"),
                        new EnvironmentVariablesNodeProperty.Entry(
                                "GIT_CONFIG_KEY_0", "url." + site.repositoryUrl() + ".insteadOf"),
                        new EnvironmentVariablesNodeProperty.Entry(
                                "GIT_CONFIG_VALUE_0", "https://git.example.com/shop.git")));
    }

    /** Heading, and the complete pipelines below it. */
    private static Map<String, List<String>> pipelines() throws IOException {
        Map<String, List<String>> pipelines = new LinkedHashMap<>();
        Matcher found = HEADING_OR_PIPELINE.matcher(Files.readString(DOCUMENT));
        String heading = "";
        while (found.find()) {
            if (found.group(1) != null) {
                heading = found.group(1);
            } else {
                pipelines.computeIfAbsent(heading, none -> new ArrayList<>()).add(found.group(2));
            }
        }
        return pipelines;
    }

    private static String pipeline(String heading, int index) throws IOException {
        return pipelines().get(heading).get(index);
    }

    @Test
    void eachOfThemIsRunHere() throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        pipelines().forEach((heading, pipelines) -> counts.put(heading, pipelines.size()));

        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "An application", 1,
                        "Manifests of the workspace", 1,
                        "gitopsDiff", 3,
                        "gitopsRollback", 1,
                        "gitopsWait", 1,
                        "gitopsRender", 1));
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private WorkflowJob of(String heading, int index) throws Exception {
        site.file("Jenkinsfile", pipeline(heading, index)).commit(Site.colour("blue"));
        return site.pipelineOfRepository();
    }

    private GitOpsApplication synced() throws Exception {
        GitOpsApplication shop = site.application("shop");
        shop.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(shop.getLastBuild());
        return shop;
    }

    private String colour() {
        return namespace.read("configmap/settings", "{.data.colour}");
    }

    private void paint(String colour) {
        namespace.kubectl(
                "patch", "configmap/settings", "--type=merge", "-p", "{\"data\":{\"colour\":\"" + colour + "\"}}");
    }

    @Test
    void gitopsSyncOfAnApplication() throws Exception {
        WorkflowJob pipeline = of("An application", 0);
        GitOpsApplication shop = site.application("shop");

        WorkflowRun run = jenkins.buildAndAssertSuccess(pipeline);

        jenkins.assertLogContains("at " + shop.getLastBuild().getRevision() + "; 1 objects differed before.", run);
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void gitopsSyncOfTheWorkspace() throws Exception {
        jenkins.buildAndAssertSuccess(of("Manifests of the workspace", 0));

        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void gitopsDiffTellsWhoChangedWhat() throws Exception {
        WorkflowJob pipeline = of("gitopsDiff", 0);
        synced();
        jenkins.buildAndAssertSuccess(pipeline);
        paint("red");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, pipeline);

        jenkins.assertLogContains(
                "ConfigMap " + namespace.name() + "/settings is Drifted data.colour is red, not blue (kubectl-patch)",
                run);
    }

    @Test
    void gitopsDiffPreviewsAPullRequest() throws Exception {
        site.commit(Site.colour("blue"));
        synced();
        try (MockSCMController forge = MockSCMController.create()) {
            forge.createRepository("shop");
            forge.addFile("shop", "master", "pipeline", "Jenkinsfile", bytes(pipeline("gitopsDiff", 1)));
            int number = forge.openChangeRequest("shop", "master");
            forge.addFile("shop", "change-request/" + number, "green", "deploy/app.yaml", bytes(Site.colour("green")));
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(forge, "shop", new MockSCMDiscoverChangeRequests())));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            WorkflowRun request = project.getItem("CR-" + number).getLastBuild();
            jenkins.assertBuildStatusSuccess(request);
            assertThat(request.getDescription()).isEqualTo("a merge changes 1 objects");
        }
        assertThat(colour()).isEqualTo("blue");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void gitopsDiffFailsBeforeADeploymentOverwritesWhatWasChangedByHand() throws Exception {
        WorkflowJob pipeline = of("gitopsDiff", 2);
        synced();
        jenkins.buildAndAssertSuccess(pipeline);
        paint("red");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline);

        jenkins.assertLogContains("1 object of shop differ", run);
        jenkins.assertLogContains("Stage \"Deploy\" skipped due to earlier failure(s)", run);
        assertThat(colour()).isEqualTo("red");
    }

    @Test
    void gitopsRollbackWhenTheSmokeTestFails() throws Exception {
        program("curl", "echo \"$@\" >> '" + folder.resolve("asked") + "'; exit 22");
        WorkflowJob pipeline = of("gitopsRollback", 0);
        synced();
        site.commit(Site.colour("red"));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline);

        assertThat(Files.readString(folder.resolve("asked"))).contains("https://shop.example.com/health");
        jenkins.assertLogContains("shop: SUCCESS. 0 created, 1 changed", run);
        assertThat(colour()).isEqualTo("blue");
    }

    @Test
    void gitopsWaitForWhatWasPublished() throws Exception {
        site.file("publish-manifests", """
                #!/bin/sh
                set -e
                git clone --quiet "$REPOSITORY" manifests
                cd manifests
                sed -i s/blue/green/ deploy/app.yaml
                git -c user.name=Ada -c user.email=ada@example.com commit --quiet --all --message=green
                git push --quiet
                """);
        WorkflowJob pipeline = of("gitopsWait", 0);
        site.acceptPushes();
        GitOpsApplication shop = synced();

        WorkflowRun run = pipeline.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("not yet at", run);
        shop.scheduleSync();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(colour()).isEqualTo("green");
    }

    @Test
    void gitopsRenderForAnotherCheck() throws Exception {
        program("conftest", "test \"$1\" = test && grep --quiet 'kind: ConfigMap' \"$2\"");

        WorkflowRun run = jenkins.buildAndAssertSuccess(of("gitopsRender", 0));

        assertThat(run.getArtifacts()).singleElement().hasToString("rendered.yaml");
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }
}
