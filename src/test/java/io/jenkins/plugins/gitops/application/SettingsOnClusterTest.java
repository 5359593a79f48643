package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.tasks.LogRotator;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What settings do in builds, on a real API server. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class SettingsOnClusterTest {
    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;
    private TestNamespace namespace;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        repository = git;
        namespace = inCluster;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
        Told.messages.clear();
    }

    @Test
    void anIgnoredFieldIsNoDriftAndNoSyncWritesIt() throws Exception {
        IgnoreSettings rule = new IgnoreSettings();
        rule.setGroup("core");
        rule.setKind("ConfigMap");
        rule.setName("greet*");
        rule.setJqPathExpressions(new Lines(".data.text"));
        shop.setIgnore(List.of(rule));
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.changeByHand("greeting", "from outside");

        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        applications.commit("greeting", "from Git");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("from outside");

        shop.setIgnore(List.of());
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
    }

    @Test
    void aHardRefreshIsACheckThatUsesNothingThatIsKept() throws Exception {
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getPage(client.addCrumb(
                new WebRequest(new URL(jenkins.getURL(), shop.getUrl() + "hardRefresh/"), HttpMethod.POST)));
        jenkins.waitUntilNoActivity();

        GitOpsRun check = shop.getLastBuild();
        assertThat(check.getMode()).isEqualTo(ReconcileMode.check);
        jenkins.assertBuildStatusSuccess(check);
        jenkins.assertLogContains("Hard refresh", check);
    }

    @Test
    void aParameterChoosesTheBranchAndTheDiscarderKeepsTheLastSync() throws Exception {
        repository.git("checkout", "-b", "feature");
        applications.commit("greeting", "of the feature");
        repository.git("checkout", "master");
        applications.commit("greeting", "of master");
        shop.setScm(new GitSCM(
                GitSCM.createRepoList(repository.toString(), null),
                List.of(new BranchSpec("*/${BRANCH}")),
                null,
                null,
                List.of()));
        shop.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("BRANCH", "master")));
        shop.setBuildDiscarder(new LogRotator("", "1", "", ""));
        ParametersAction feature = new ParametersAction(new StringParameterValue("BRANCH", "feature", ""));
        GitOpsRun sync = (GitOpsRun)
                shop.schedule(ReconcileMode.sync, List.of(feature)).getFuture().get(3, TimeUnit.MINUTES);
        jenkins.assertBuildStatus(Result.SUCCESS, applications.finished(sync));
        assertThat(applications.live("greeting")).isEqualTo("of the feature");

        applications.changeByHand("greeting", "hacked");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.dryRun);
        shop.logRotate();
        assertThat(shop.getBuilds()).extracting(GitOpsRun::getNumber).containsExactly(3, 1);
    }

    @Test
    void alertTellsOfEachDriftOnceAndOfItsEnd() throws Exception {
        shop.setDriftPolicy(DriftPolicy.alert);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(Told.messages).isEmpty();

        applications.changeByHand("greeting", "hacked");
        GitOpsRun first = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        jenkins.assertLogContains(Messages.DriftAlert_Drift(), first);
        int number = first.getNumber();
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        assertThat(Told.messages).containsExactly("drift in " + number);
        assertThat(shop.isAlerting()).isTrue();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(shop).asNormalizedText()).contains("The cluster is not as Git says.");
        }

        applications.changeByHand("greeting", "hacked again");
        GitOpsRun other = applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        applications.run(shop, ReconcileMode.check, Result.SUCCESS);
        assertThat(Told.messages)
                .containsExactly("drift in " + number, "drift in " + other.getNumber(), "gone in " + sync.getNumber());
        assertThat(shop.isAlerting()).isFalse();
    }

    @Test
    void aMoveLeavesTheOldObjectsOrPrunesThemAndSyncsAgain() throws Exception {
        String target = namespace.name() + "-2";
        namespace.kubectl("create", "namespace", target);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(poll()).isFalse();

        save(target, "prune");
        namespace.await("the old objects go", Duration.ofSeconds(60), () -> !namespace.exists("configmap/greeting"));
        GitOpsRun prune = applications.finished(shop.getLastBuild());
        assertThat(prune.getWhat()).contains(namespace.name());
        assertThat(shop.getNamespace()).isEqualTo(target);
        assertThat(shop.getLastSyncedRevision()).isNull();
        assertThat(poll()).as("nothing was synced to the new place").isTrue();
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(namespace.kubectl("get", "configmap/greeting", "--namespace=" + target, "-o", "name"))
                .contains("greeting");

        int builds = shop.getLastBuild().getNumber();
        save(namespace.name(), "leave");
        jenkins.waitUntilNoActivity();
        assertThat(shop.getLastBuild().getNumber()).isEqualTo(builds);
        assertThat(namespace.kubectl("get", "configmap/greeting", "--namespace=" + target, "-o", "name"))
                .contains("greeting");
    }

    private boolean poll() {
        return shop.poll(StreamTaskListener.fromStderr()).hasChanges();
    }

    private void save(String namespaceField, String formerObjects) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.getPage(shop, "configure").getFormByName("config");
            form.getInputByName("_.namespace").setValue(namespaceField);
            form.getRadioButtonsByName("formerObjects").stream()
                    .filter(button -> button.getValueAttribute().equals(formerObjects))
                    .forEach(button -> button.setChecked(true));
            jenkins.submit(form);
        }
    }

    /** Somebody who sends messages. */
    @TestExtension
    public static final class Told extends GitOpsListener {
        static final List<String> messages = new ArrayList<>();

        @Override
        public void onDrift(GitOpsApplication application, GitOpsRun run) {
            messages.add("drift in " + run.getNumber());
        }

        @Override
        public void onDriftGone(GitOpsApplication application, GitOpsRun run) {
            messages.add("gone in " + run.getNumber());
        }
    }
}
