package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.render.SubstituteCredential;
import io.jenkins.plugins.gitops.render.SubstituteSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code gitopsDiff} and {@code gitopsRender}, which only look. */
@WithJenkins
@WithCluster
class DiffStepTest {
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

    private void paint(String colour) {
        namespace.kubectl(
                "patch", "configmap/settings", "--type=merge", "-p", "{\"data\":{\"colour\":\"" + colour + "\"}}");
    }

    @Test
    void driftOfAnApplicationMarksTheStepAndTheScriptReadsIt() throws Exception {
        site.commit(Site.colour("blue"));
        site.application("shop");
        WorkflowJob pipeline = site.pipeline("""
                gitopsSync application: 'shop'
                echo "before ${gitopsDiff(application: 'shop').drifted}"
                """);
        jenkins.assertLogContains("before 0", jenkins.buildAndAssertSuccess(pipeline));
        paint("red");
        pipeline.setDefinition(new CpsFlowDefinition("""
                def r = gitopsDiff application: 'shop'
                if (r.drifted) {
                    def o = r.objects[0]
                    def f = o.fields[0]
                    echo "${r.drifted} ${r.verdict}: ${o.kind} ${o.name} ${o.verdict} ${f.path} ${f.live} not ${f.desired} by ${f.manager}"
                }
                echo "told ${gitopsDiff(application: 'shop', propagate: false).result}"
                try {
                    gitopsDiff application: 'shop', failOnDrift: true
                } catch (e) {
                    echo "caught ${e.message}"
                }
                """, true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, pipeline);

        jenkins.assertLogContains(
                "1 OutOfSync: ConfigMap settings Drifted data.colour red not blue by kubectl-patch", run);
        jenkins.assertLogContains("told UNSTABLE", run);
        jenkins.assertLogContains(
                "caught 1 object of shop differ: ConfigMap " + namespace.name() + "/settings Drifted. See shop #", run);
        assertThat(Site.warnings(run)).singleElement().asString().contains("1 object of shop differ");
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("red");
    }

    @Test
    void manifestsOfTheWorkspaceAreComparedAndRenderedAndNothingIsWritten() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                site.pipeline("node {\nwriteFile file: 'deploy/app.yaml', text: '''" + Site.colour("green")
                        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter22}\n'''\n"
                        + """
                        def r = gitopsDiff cluster: 'test', path: 'deploy', name: 'shop'
                        echo "${r.drifted} missing, the first is ${r.objects[0].verdict} from ${r.objects[0].origin}"
                        def yaml = gitopsRender cluster: 'test', path: 'deploy', file: 'all.yaml'
                        echo "same ${yaml == readFile('all.yaml')}"
                        echo yaml
                        }
                        """));

        jenkins.assertLogContains("2 missing, the first is Missing from app.yaml", run);
        jenkins.assertLogContains("same true", run);
        jenkins.assertLogContains("colour: green", run);
        jenkins.assertLogContains("namespace: " + namespace.name(), run);
        jenkins.assertLogNotContains("aHVudGVyMjI", run);
        assertThat(namespace.exists("configmap/settings")).isFalse();
    }

    @Test
    void inAPullRequestItIsThePreviewOfWhatTheMergeWouldChange() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        shop.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        try (MockSCMController forge = MockSCMController.create()) {
            forge.createRepository("shop");
            forge.addFile("shop", "master", "manifests", "deploy/app.yaml", bytes(Site.colour("blue")));
            forge.addFile("shop", "master", "pipeline", "Jenkinsfile", bytes("""
                    node {
                        checkout scm
                        def r = gitopsDiff application: 'shop'
                        echo "a merge would change ${r.objects.collect { o -> "${o.name} ${o.fields}" }}"
                    }
                    """));
            int number = forge.openChangeRequest("shop", "master");
            forge.addFile("shop", "change-request/" + number, "green", "deploy/app.yaml", bytes(Site.colour("green")));
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(
                            forge, "shop", new MockSCMDiscoverBranches(), new MockSCMDiscoverChangeRequests())));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            WorkflowRun request = project.getItem("CR-" + number).getLastBuild();
            jenkins.assertBuildStatusSuccess(request);
            jenkins.assertLogContains("a merge would change [settings [data.colour]]", request);
            jenkins.assertLogContains(
                    "a merge would change []", project.getItem("master").getLastBuild());
        }
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
        assertThat(shop.getLastBuild().getNumber()).as("master has it checked").isEqualTo(2);
    }

    /** A pipeline gets through an application no secret that its folder has not, nor compares with another one of that name. */
    @Test
    void aPreviewHasTheApplicationsOwnCredentialsAndParameters() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        give(team, "of-the-team");
        Folder others = jenkins.createProject(Folder.class, "others");
        GitOpsApplication shop = site.application(team, "shop");
        SubstituteSettings substitute = new SubstituteSettings();
        substitute.setParameters(true);
        substitute.setCredentials(List.of(new SubstituteCredential("token")));
        shop.getSource().setSubstitute(substitute);
        shop.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("STAGE", "test")));
        String manifest = Site.colour("\"${STAGE} ${credentials:token}\"");
        site.commit(manifest);
        shop.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("test of-the-team");
        String script = "node {\nwriteFile file: 'deploy/app.yaml', text: '''" + manifest
                + "'''\necho \"differ: ${gitopsDiff(application: '/team/shop', workspace: true).drifted}\"\n"
                + "echo gitopsRender(application: '/team/shop')\n}";

        WorkflowRun inside = jenkins.buildAndAssertSuccess(site.pipeline(team, script));
        jenkins.assertLogContains("differ: 0", inside);
        jenkins.assertLogContains("(masked)", inside);
        jenkins.assertLogNotContains("of-the-team", inside);
        WorkflowJob outside = site.pipeline(others, script);
        jenkins.assertLogContains(
                "There is no credential token that others/deploy may use",
                jenkins.buildAndAssertStatus(Result.FAILURE, outside));
        give(others, "of-the-others");
        jenkins.assertLogContains(
                "The credential token that others/deploy may use is not the one of team/shop",
                jenkins.buildAndAssertStatus(Result.FAILURE, outside));
    }

    private static void give(Folder folder, String token) throws Exception {
        folder.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(
                    Domain.global(),
                    List.of(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(token))))
        }));
    }

    @Test
    void declarativePipelinesUseAllStepsAndDecideByADifference() throws Exception {
        site.commit(Site.colour("blue"));
        GitOpsApplication shop = site.application("shop");
        shop.scheduleSync().getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob pipeline = site.pipeline("""
                pipeline {
                    agent any
                    stages {
                        stage('Render') {
                            steps {
                                writeFile file: 'deploy/app.yaml', text: '''%s'''
                                gitopsRender application: 'shop', file: 'all.yaml'
                                gitopsDiff application: 'shop', workspace: true
                            }
                        }
                        stage('Sync') {
                            when { expression { !gitopsDiff(application: 'shop', propagate: false).drifted } }
                            steps {
                                gitopsSync application: 'shop'
                                gitopsWait application: 'shop', timeout: 1
                            }
                        }
                        stage('Drift') {
                            steps { gitopsDiff application: 'shop' }
                        }
                    }
                    post {
                        success { echo 'no drift' }
                        unstable { gitopsRollback application: 'shop', to: 1, reason: 'drift' }
                    }
                }
                """.formatted(Site.colour("blue")));

        WorkflowRun run = jenkins.buildAndAssertSuccess(pipeline);
        jenkins.assertLogContains("no drift", run);
        paint("red");

        run = jenkins.buildAndAssertStatus(Result.UNSTABLE, pipeline);
        jenkins.assertLogContains("Stage \"Sync\" skipped due to when conditional", run);
        assertThat(Site.warnings(run)).hasSize(2).allMatch(warning -> warning.contains("1 object of shop differ"));
        assertThat(namespace.read("configmap/settings", "{.data.colour}")).isEqualTo("blue");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void thereMustBeOneTarget() throws Exception {
        WorkflowJob pipeline = site.pipeline("gitopsDiff()");
        jenkins.assertLogContains(
                "gitopsDiff must be told what is meant", jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
        pipeline.setDefinition(new CpsFlowDefinition("gitopsRender application: 'shop', path: 'deploy'", true));
        jenkins.assertLogContains(
                "gitopsRender takes either an application or manifests of the workspace",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
        site.application("shop");
        pipeline.setDefinition(new CpsFlowDefinition("gitopsDiff application: 'shop', workspace: true", true));
        jenkins.assertLogContains("put it inside \"node\"", jenkins.buildAndAssertStatus(Result.FAILURE, pipeline));
    }
}
