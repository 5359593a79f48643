package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.gitops.application.DriftPolicy;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.application.RemovalAction;
import io.jenkins.plugins.gitops.cluster.ClusterFolderProperty;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.field.Words;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** What pipelines may do: by who they run as, by the folder that they are in, and by what the cluster lets in. */
@WithJenkins
@WithCluster
class StepAccessTest {
    private static final Map<String, String> ON_AN_APPLICATION = new LinkedHashMap<>();
    private static final Map<String, String> ON_A_CLUSTER = new LinkedHashMap<>();

    static {
        ON_AN_APPLICATION.put("sync", "gitopsSync application: '/team/shop', propagate: false");
        ON_AN_APPLICATION.put("diff", "gitopsDiff application: '/team/shop', propagate: false");
        ON_AN_APPLICATION.put("preview", "gitopsDiff application: '/team/shop', workspace: true, propagate: false");
        ON_AN_APPLICATION.put("render", "gitopsRender application: '/team/shop'");
        ON_AN_APPLICATION.put("wait", "gitopsWait application: '/team/shop', timeout: 1");
        ON_AN_APPLICATION.put("rollback", "gitopsRollback application: '/team/shop', to: 1, propagate: false");
        ON_A_CLUSTER.put("sync", "gitopsSync cluster: 'test', name: 'own', propagate: false");
        ON_A_CLUSTER.put("diff", "gitopsDiff cluster: 'test', name: 'own', propagate: false");
        ON_A_CLUSTER.put("render", "gitopsRender cluster: 'test'");
    }

    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;
    private Folder team;
    private GitOpsApplication shop;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin(JenkinsRule rule, TestNamespace own) throws Exception {
        jenkins = rule;
        namespace = own;
        site = new Site(rule, own, folder).cluster();
        team = jenkins.createProject(Folder.class, "team");
        shop = site.application(team, "shop");
        sync("blue");
        sync("green");
    }

    private void sync(String colour) throws Exception {
        site.commit(Site.colour(colour));
        shop.scheduleSync().getFuture().get();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(shop.getLastBuild()));
    }

    private String colour() {
        return namespace.read("configmap/settings", "{.data.colour}");
    }

    /** Tries each in a workspace with one manifest, and tells what came of it. */
    private static String script(Map<String, String> steps) {
        StringBuilder script = new StringBuilder("node {\ndir('deploy') { writeFile file: 'app.yaml', text: '''"
                + Site.colour("green") + "''' }\nwriteFile file: 'own.yaml', text: '''"
                + Site.colour("green").replace("settings", "own") + "'''\n");
        steps.forEach((name, step) -> script.append("try { ")
                .append(step)
                .append("\necho '")
                .append(name)
                .append(": done' } catch (e) { echo \"")
                .append(name)
                .append(": ${e.message}\" }\n"));
        return script.append("}\n").toString();
    }

    private static List<String> tried(WorkflowRun run) throws Exception {
        return JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.matches("(sync|diff|preview|render|wait|rollback): .*"))
                .toList();
    }

    @Test
    void everyStepAsksWhoeverThePipelineRunsAs() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Computer.BUILD)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "builder", "syncer", "roller")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(GitOpsPermissions.SYNC)
                .everywhere()
                .to("syncer")
                .grant(GitOpsPermissions.ROLLBACK)
                .everywhere()
                .to("roller"));
        WorkflowJob pipeline = site.pipeline(script(ON_AN_APPLICATION));
        String none = "There is no GitOps application /team/shop that deploy can see. A name is relative to the"
                + " pipeline's folder, or begins with a slash.";
        String noSync = "%s is missing the GitOps/Sync permission";
        String noRollback = "%s is missing the GitOps/Rollback permission";

        assertThat(as(pipeline, Jenkins.ANONYMOUS2)).isEqualTo(answers("", none, none));
        assertThat(as(pipeline, "stranger")).isEqualTo(answers("stranger", none, none));
        assertThat(as(pipeline, "reader")).isEqualTo(answers("reader", noSync, noRollback));
        assertThat(shop.getLastBuild().getNumber()).as("nothing was started").isEqualTo(2);
        assertThat(as(pipeline, "syncer")).isEqualTo(answers("syncer", "done", noRollback));
        assertThat(as(pipeline, "builder")).isEqualTo(answers("builder", "done", noRollback));
        assertThat(colour()).isEqualTo("green");
        assertThat(as(pipeline, "roller")).isEqualTo(answers("roller", noSync, "done"));
        assertThat(colour()).isEqualTo("blue");
    }

    private static List<String> answers(String user, String steps, String rollback) {
        return ON_AN_APPLICATION.keySet().stream()
                .map(step -> step + ": " + (step.equals("rollback") ? rollback : steps).formatted(user))
                .toList();
    }

    private List<String> as(WorkflowJob pipeline, String user) throws Exception {
        return as(pipeline, User.getOrCreateByIdOrFullName(user).impersonate2());
    }

    private List<String> as(WorkflowJob pipeline, Authentication user) throws Exception {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator().authenticate(pipeline.getFullName(), user));
        return tried(jenkins.buildAndAssertSuccess(pipeline));
    }

    @Test
    void noStepReachesAClusterThatThePipelinesFolderMayNotUse() throws Exception {
        Folder others = jenkins.createProject(Folder.class, "others");
        Map<String, String> reaching = new LinkedHashMap<>(ON_AN_APPLICATION);
        reaching.remove("wait");
        WorkflowJob onItem = site.pipeline(others, script(reaching));
        WorkflowJob onCluster = others.createProject(WorkflowJob.class, "inline");
        onCluster.setDefinition(new CpsFlowDefinition(script(ON_A_CLUSTER), true));

        site.changeCluster(cluster -> cluster.setAllowedFolders(new Words("team")));
        refused(onItem, onCluster);
        site.changeCluster(cluster -> cluster.setAllowedFolders(new Words("")));
        others.addProperty(new ClusterFolderProperty("another"));
        refused(onItem, onCluster);

        others.getProperties().remove(ClusterFolderProperty.class);
        assertThat(tried(jenkins.buildAndAssertSuccess(onCluster)))
                .containsExactly("sync: done", "diff: done", "render: done");
    }

    private void refused(WorkflowJob... pipelines) throws Exception {
        for (WorkflowJob pipeline : pipelines) {
            assertThat(tried(jenkins.buildAndAssertSuccess(pipeline)))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(line ->
                            line.contains("There is no cluster test that " + pipeline.getFullName() + " may use"));
        }
        assertThat(namespace.exists("configmap/own")).isFalse();
        assertThat(shop.getLastBuild().getNumber()).isEqualTo(2);
    }

    /** The application was there before its cluster was limited: whatever writes is held against the limits of now. */
    @Test
    void limitsHoldWhereverSomethingIsWritten() throws Exception {
        WorkflowJob pipeline = site.pipeline(
                team,
                script(Map.of("sync", "echo gitopsSync(cluster: 'test', name: 'own', propagate: false).message")));
        namespace.kubectl("patch", "configmap/settings", "--type=merge", "-p", "{\"data\":{\"colour\":\"red\"}}");
        shop.setDriftPolicy(DriftPolicy.heal);
        shop.getSync().setPrune(true);
        shop.save();

        site.changeCluster(cluster -> cluster.setAllowedKinds(new Words("Secret")));
        refusedBecause(pipeline, "ConfigMap");
        site.changeCluster(cluster -> {
            cluster.setAllowedKinds(new Words(""));
            cluster.setAllowedNamespaces(new Words("elsewhere"));
        });
        refusedBecause(pipeline, "the namespace " + namespace.name());
        site.changeCluster(cluster -> {
            cluster.setAllowedNamespaces(new Words(""));
            cluster.setAllowedFolders(new Words("elsewhere"));
        });
        refusedBecause(pipeline, "There is no cluster test that team/");
    }

    private void refusedBecause(WorkflowJob pipeline, String why) throws Exception {
        for (ReconcileMode mode : ReconcileMode.values()) {
            shop.schedule(mode, List.of()).getFuture().get();
            failed(why);
        }
        jenkins.buildAndAssertSuccess(site.pipeline(team, "rollback-" + shop.getNextBuildNumber(), """
                try {
                    gitopsRollback application: 'shop', to: 1
                    echo 'rolled back'
                } catch (e) {
                    echo "caught ${e.message}"
                }
                """));
        failed(why);
        assertThat(shop.getAction(io.jenkins.plugins.gitops.application.PinAction.class)
                        .isPinned())
                .as("a rollback that wrote nothing pins nothing")
                .isFalse();
        shop.schedule(ReconcileMode.sync, List.of(new RemovalAction(false, true, true)))
                .getFuture()
                .get();
        jenkins.waitUntilNoActivity();
        assertThat(team.getItem("shop")).isSameAs(shop);
        jenkins.assertLogContains(why, jenkins.buildAndAssertStatus(Result.SUCCESS, pipeline));
        assertThat(colour()).isEqualTo("red");
        assertThat(namespace.exists("configmap/own")).isFalse();
    }

    private void failed(String why) throws Exception {
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.FAILURE, shop.getLastBuild());
        jenkins.assertLogContains(why, shop.getLastBuild());
    }
}
