package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.ClusterFolderProperty;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.DriftReportAction;
import io.jenkins.plugins.gitops.report.PlanAction;
import io.jenkins.plugins.gitops.report.SyncReportAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * The folder of a Jenkins that ran this plugin when it had just come to be, before rollback, sync windows, renderers' settings
 * and approvals: #1 is a sync, #2 a check that found drift, #3 a preview, #4 the same drift.
 */
@WithJenkins
class UpgradeTest {
    private static String withoutVersions(Path file) throws Exception {
        return Files.readString(file).replaceAll(" plugin=\"[^\"]*\"", "").strip();
    }

    @Test
    @LocalData
    void settingsAndBuildsAreWhatTheyWere(JenkinsRule jenkins) throws Exception {
        GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
        settings(shop);
        clusters(jenkins);
        builds(shop);
        pages(jenkins, shop);

        assertThat(((OldDataMonitor) jenkins.jenkins.getAdministrativeMonitor("OldData")).isActivated())
                .isFalse();
        for (String name : List.of("shop", "plain")) {
            GitOpsApplication application = jenkins.jenkins.getItemByFullName(name, GitOpsApplication.class);
            String before =
                    withoutVersions(application.getConfigFile().getFile().toPath());
            application.save();
            assertThat(withoutVersions(application.getConfigFile().getFile().toPath()))
                    .as("nothing is written that was not there: the plugin can be downgraded")
                    .isEqualTo(before);
        }
        // Through the form, too.
        jenkins.configRoundtrip(shop);
        settings(shop);
    }

    private static void settings(GitOpsApplication shop) {
        assertThat(shop.getDescription()).isEqualTo("The shop");
        assertThat(shop.getUuid()).isEqualTo("985b24c8-695a-4297-8586-c567526b25f2");
        assertThat(((GitSCM) shop.getScm()).getUserRemoteConfigs().get(0).getUrl())
                .isEqualTo("https://git.example.com/shop.git");
        assertThat(shop.getClusterName()).isEqualTo("test");
        assertThat(shop.getNamespace()).isEqualTo("shop");
        SourceSettings source = shop.getSource();
        assertThat(source.getPath()).isEqualTo("deploy");
        assertThat(source.isRecurse()).isFalse();
        assertThat(source.getInclude().list()).containsExactly("*.yaml", "*.json");
        assertThat(source.getExclude().list()).containsExactly("draft-*");
        SyncSettings sync = shop.getSync();
        assertThat(List.of(
                        sync.isPrune(),
                        sync.isPruneNamespaces(),
                        sync.isPruneCustomResourceDefinitions(),
                        sync.isAllowEmpty(),
                        sync.isAdopt(),
                        sync.isApplyAll(),
                        sync.isAwaitHealth()))
                .containsOnly(true);
        assertThat(List.of(sync.isAutomatic(), sync.isLock())).containsOnly(false);
        assertThat(sync.getTimeoutMinutes()).isEqualTo(7);
        assertThat(sync.getOptions().list()).containsExactly("PruneLast=true", "CreateNamespace=true");
        assertThat(sync.getRetry().getLimit()).isEqualTo(3);
        assertThat(sync.getRetry().getFirstPauseSeconds()).isEqualTo(4);
        assertThat(sync.getRetry().getFactor()).isEqualTo(3);
        assertThat(sync.getRetry().getLongestPauseSeconds()).isEqualTo(60);
        assertThat(shop.getIgnore()).singleElement().satisfies(rule -> {
            assertThat(rule.getGroup()).isEqualTo("apps");
            assertThat(rule.getKind()).isEqualTo("Deployment");
            assertThat(rule.getNamespace()).isEqualTo("shop");
            assertThat(rule.getName()).isEqualTo("web*");
            assertThat(rule.getJsonPointers().list()).containsExactly("/spec/replicas");
            assertThat(rule.getJqPathExpressions().list()).containsExactly(".spec.template.spec.containers[0].image");
            assertThat(rule.getManagedFieldsManagers().list()).containsExactly("kube-controller-manager");
        });
        assertThat(shop.getDriftPolicy()).isEqualTo(DriftPolicy.alert);
        assertThat(shop.isCollapseChecks()).isFalse();
        assertThat(shop.getThrottleMinutes()).isEqualTo(5);
        assertThat(shop.getLabelExpression()).isEqualTo("built-in");
        assertThat(shop.getQuietPeriod()).isZero();
        assertThat(shop.getSCMTrigger().getSpec()).isEqualTo("H/5 * * * *");
        assertThat(shop.getTriggers().values())
                .extracting(trigger -> trigger.getSpec())
                .contains("H * * * *", "@midnight");
        assertThat(((LogRotator) shop.getBuildDiscarder()).getNumToKeep()).isEqualTo(50);
        assertThat(shop.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames())
                .containsExactly("COLOUR");
    }

    private static void clusters(JenkinsRule jenkins) {
        GitOpsConfiguration configuration = GitOpsConfiguration.get();
        assertThat(configuration.isAllowKubeconfigExec()).isTrue();
        assertThat(configuration.getClusters())
                .extracting(ClusterDefinition::getName)
                .containsExactly("test", "prod");
        ClusterDefinition prod = configuration.getClusters().get(1);
        assertThat(List.of(
                        prod.getServerUrl(),
                        prod.getCredentialsId(),
                        prod.getDefaultNamespace(),
                        prod.getLabels().text(),
                        prod.getAgentLabel(),
                        prod.getAllowedFolders().text(),
                        prod.getAllowedNamespaces().text(),
                        prod.getAllowedKinds().text()))
                .containsExactly(
                        "https://cluster.example:6443",
                        "token",
                        "shop",
                        "env=prod",
                        "inside",
                        "team",
                        "shop-*",
                        "ConfigMap Deployment.apps");
        assertThat(prod.getRequestsInFlight()).isEqualTo(7);
        Folder team = jenkins.jenkins.getItemByFullName("team", Folder.class);
        assertThat(team.getProperties().get(ClusterFolderProperty.class).getClusters())
                .isEqualTo("test, prod");
    }

    private static void builds(GitOpsApplication shop) {
        GitOpsRun sync = shop.getBuildByNumber(1);
        assertThat(shop.getLastSyncedRun()).isEqualTo(sync);
        assertThat(shop.getLastSyncedRevision()).isEqualTo(sync.getRevision()).hasSize(40);
        assertThat(shop.getBuilds())
                .extracting(GitOpsRun::getMode)
                .containsExactly(ReconcileMode.check, ReconcileMode.dryRun, ReconcileMode.check, ReconcileMode.sync);
        assertThat(shop.getBuilds())
                .extracting(GitOpsRun::getResult)
                .containsExactly(Result.UNSTABLE, Result.SUCCESS, Result.UNSTABLE, Result.SUCCESS);
        assertThat(sync.getAction(ParametersAction.class).getParameter("COLOUR").getValue())
                .isEqualTo("blue");
        assertThat(sync.getAction(SyncReportAction.class).getSummary().getCreated())
                .isEqualTo(3);
        assertThat(shop.getBuildByNumber(2)
                        .getAction(DriftReportAction.class)
                        .getSummary()
                        .getDrifted())
                .isEqualTo(2);
        assertThat(shop.getBuildByNumber(3).getAction(PlanAction.class)).isNotNull();
        assertThat(sync.isRestorable()).as("what it applied was not kept then").isFalse();
        assertThat(shop.getLastReportRun().getNumber()).isEqualTo(4);
        assertThat(sync.getWhyKeepLog()).isNotNull();
    }

    private static void pages(JenkinsRule jenkins, GitOpsApplication shop) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            for (String page : List.of(
                    "",
                    "drift/",
                    "history/",
                    "pin/",
                    "changes",
                    "1/",
                    "1/console",
                    "1/changes",
                    "1/sync/",
                    "1/drift/",
                    "1/manifests/",
                    "2/",
                    "2/drift/",
                    "3/",
                    "3/plan/",
                    "4/drift/")) {
                assertThat(client.goTo(shop.getUrl() + page).asNormalizedText())
                        .as(page)
                        .contains("shop");
            }
            for (String page :
                    List.of("api/json?depth=4", "drift/report.json", "1/sync/report.json", "3/plan/report.json")) {
                assertThat(client.goTo(shop.getUrl() + page, "application/json")
                                .getWebResponse()
                                .getContentAsString())
                        .as(page)
                        .startsWith("{");
            }
            assertThat(client.goTo(shop.getUrl() + "drift/").asNormalizedText())
                    .contains("ConfigMap shop/settings", "data.text", "kubectl-patch");
        }
    }
}
