package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.tools.CommandInstaller;
import hudson.tools.InstallSourceProperty;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import io.jenkins.plugins.gitops.engine.render.helm.HttpCharts;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.render.HelmChart;
import io.jenkins.plugins.gitops.render.HelmSettings;
import io.jenkins.plugins.gitops.render.KustomizeSettings;
import io.jenkins.plugins.gitops.tool.HelmInstallation;
import io.jenkins.plugins.gitops.tool.KustomizeInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Charts and kustomizations in builds: the real helm and kustomize, on a real API server. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class RenderedApplicationTest {
    private JenkinsRule jenkins;
    private GitSampleRepoRule repository;
    private Applications applications;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule, GitSampleRepoRule git, TestNamespace inCluster) throws Exception {
        jenkins = rule;
        repository = git;
        applications = new Applications(rule, git, inCluster);
        shop = applications.create("shop");
    }

    private void commit(String file, String text) throws Exception {
        repository.write(file, text);
        repository.git("add", file);
        repository.git("commit", "--message=" + file);
    }

    private void commitChart() throws Exception {
        commit("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        commit("chart/values.yaml", "text: of the chart\n");
        commit("chart/templates/greeting.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: greeting
                data:
                  text: {{ .Values.text | quote }}
                """);
        shop.setSource(new SourceSettings("chart"));
    }

    private void commitKustomization() throws Exception {
        commit("base/kustomization.yaml", "resources: [greeting.yaml]\n");
        commit("base/greeting.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: greeting
                data:
                  text: of the base
                """);
        shop.setSource(new SourceSettings("base"));
    }

    /** As an installer does that unpacks an archive. */
    private static HelmInstallation installed(String name) throws Exception {
        CommandInstaller installer = new CommandInstaller(
                null, "mkdir -p linux-amd64; ln -sf " + TestTools.binary("helm") + " linux-amd64/helm", ".");
        return new HelmInstallation(name, "", List.of(new InstallSourceProperty(List.of(installer))));
    }

    @Test
    void aChartIsRenderedByAToolThatJenkinsInstallsAndItsDriftIsFound() throws Exception {
        jenkins.jenkins
                .getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                .setInstallations(installed("helm-of-jenkins"));
        commitChart();

        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("of the chart");
        assertThat(JenkinsRule.getLog(sync))
                .containsPattern("helm: v[34]\\.[0-9.]+.* \\(.*linux-amd64/helm, the tool helm-of-jenkins\\)");

        applications.changeByHand("greeting", "by hand");
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        commit("chart/values.yaml", "text: of a new commit\n");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("of a new commit");

        HelmSettings helm = new HelmSettings();
        helm.setValues("text: of the form\n");
        shop.getSource().setRenderer(helm);
        applications.run(shop, ReconcileMode.check, Result.UNSTABLE);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("of the form");
    }

    @Test
    void aKustomizationIsRenderedOnAnAgentByTheToolOfThatNode() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("near"));
        jenkins.jenkins
                .getDescriptorByType(KustomizeInstallation.DescriptorImpl.class)
                .setInstallations(new KustomizeInstallation(
                        "kustomize-5", TestTools.binary("kustomize").getParent().toString(), List.of()));
        commitKustomization();
        shop.setLabelExpression("near");

        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(sync.getBuiltOn()).isEqualTo(agent);
        assertThat(applications.live("greeting")).isEqualTo("of the base");
        KustomizeSettings kustomize = new KustomizeSettings();
        kustomize.setNamePrefix("blue-");
        shop.getSource().setRenderer(kustomize);
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("blue-greeting")).isEqualTo("of the base");
        assertThat(JenkinsRule.getLog(sync)).containsPattern("kustomize: v5\\.[0-9.]+ \\(.*, the tool kustomize-5\\)");
    }

    @Test
    void aCommitThatTouchesOneOfTwoChartsRendersThatOne(@TempDir Path tool) throws Exception {
        Path helm = Files.writeString(
                tool.resolve("helm"),
                "#!/bin/sh\n[ \"$1\" = template ] && echo run >> " + tool.resolve("runs") + "\nexec "
                        + TestTools.binary("helm") + " \"$@\"\n");
        assertThat(helm.toFile().setExecutable(true)).isTrue();
        jenkins.jenkins
                .getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                .setInstallations(new HelmInstallation("counted", tool.toString(), List.of()));
        GitOpsApplication cart = applications.create("cart");
        for (GitOpsApplication one : List.of(shop, cart)) {
            String name = one.getName();
            commit(name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
            commit(name + "/values.yaml", "text: first\n");
            commit(name + "/templates/text.yaml", """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: {{ .Chart.Name }}
                    data:
                      text: {{ .Values.text }}
                    """);
            one.setSource(new SourceSettings(name));
            GitOpsRun first = applications.run(one, ReconcileMode.sync, Result.SUCCESS);
            jenkins.assertLogContains(name + ": miss: it was not rendered here before", first);
        }
        assertThat(Files.readAllLines(tool.resolve("runs"))).hasSize(2);

        commit("cart/values.yaml", "text: second\n");
        GitOpsRun untouched = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        GitOpsRun touched = applications.run(cart, ReconcileMode.sync, Result.SUCCESS);

        jenkins.assertLogContains("shop: hit: its files, its options and its tool", untouched);
        assertThat(JenkinsRule.getLog(touched)).containsPattern("cart: miss: .*values\\.yaml changed");
        assertThat(Files.readAllLines(tool.resolve("runs"))).hasSize(3);
        assertThat(applications.live("cart")).isEqualTo("second");
        assertThat(jenkins.jenkins.getRootDir().toPath().resolve("gitops/render-cache/sets"))
                .isDirectory();
    }

    @Test
    void aToolWithoutItsProgramIsAnErrorThatNamesToolAndNode() throws Exception {
        jenkins.jenkins
                .getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                .setInstallations(new HelmInstallation("broken", "/nowhere", List.of()));
        commitChart();

        GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.FAILURE);

        jenkins.assertLogContains("The tool broken holds no program helm on the node ", sync);
        jenkins.assertLogContains("looked in /nowhere", sync);
    }

    @Test
    void onlyACommitThatATrustedKeySignedIsRendered(@TempDir Path home) throws Exception {
        Path key = home.resolve("ada");
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada@example.com", "-f", key.toString())
                .inheritIO()
                .start();
        assertThat(keygen.waitFor()).isZero();
        shop.getSource().setTrustedKeys(Files.readString(home.resolve("ada.pub")));
        GitOpsRun refused = applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        jenkins.assertLogContains("is not signed", refused);

        repository.write(
                "deploy/greeting.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: greeting}\ndata: {text: signed}\n");
        repository.git(
                "-c", "gpg.format=ssh", "-c", "user.signingKey=" + key, "commit", "-a", "-S", "--message=signed");
        applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(applications.live("greeting")).isEqualTo("signed");

        // A signed tag vouches for its commit, under the name by which the source asks for it.
        String unsigned = applications.commit("greeting", "tagged");
        repository.git("-c", "gpg.format=ssh", "-c", "user.signingKey=" + key, "tag", "-s", "v1", "--message=v1");
        applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        applications.follow(shop, "refs/tags/v1");
        GitOpsRun tagged = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
        assertThat(tagged.getRevision()).isEqualTo(unsigned);
        assertThat(applications.live("greeting")).isEqualTo("tagged");
        jenkins.assertLogContains("tag v1", tagged);

        // Whatever else lies in the workspace nobody has signed.
        jenkins.jenkins
                .getWorkspaceFor(shop)
                .child("deploy/planted.yaml")
                .write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: planted}\n", "UTF-8");
        GitOpsRun planted = applications.run(shop, ReconcileMode.sync, Result.FAILURE);
        jenkins.assertLogContains("differs from commit " + unsigned + ": deploy/planted.yaml", planted);
    }

    @Test
    void aChartOfARepositoryThatWantsAPasswordIsRenderedWithValuesOfTheCheckout(@TempDir Path served) throws Exception {
        commitChart();
        TestTools.run(
                served,
                TestTools.binary("helm"),
                "package",
                repository.getRoot().toPath().resolve("chart").toString());
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "charts", "", "reader", "pass-of-the-charts"));
        commit("values/shop.yaml", "text: of the values repository\n");
        try (HttpCharts charts = new HttpCharts(served, Optional.of("reader:pass-of-the-charts"))) {
            charts.index();
            HelmChart chart = new HelmChart(charts.url(), "shop");
            chart.setVersion("1.x");
            HelmSettings helm = new HelmSettings();
            helm.setTool("helm-of-jenkins");
            helm.setChart(chart);
            helm.setValueFiles(List.of("$values/values/shop.yaml"));
            SourceSettings source = new SourceSettings("");
            source.setRenderer(helm);
            shop.setSource(source);
            jenkins.jenkins
                    .getDescriptorByType(HelmInstallation.DescriptorImpl.class)
                    .setInstallations(installed("other"), installed("helm-of-jenkins"));
            applications.run(shop, ReconcileMode.sync, Result.FAILURE);

            chart.setCredentialsId("charts");
            GitOpsRun sync = applications.run(shop, ReconcileMode.sync, Result.SUCCESS);
            assertThat(applications.live("greeting")).isEqualTo("of the values repository");
            jenkins.assertLogContains("Render the chart shop of " + charts.url(), sync);
            jenkins.assertLogContains("the tool helm-of-jenkins", sync);
            assertThat(sync.getShownRevision()).isEqualTo("1.0.0," + repository.head());
            assertThat(sync.getWhat())
                    .isEqualTo("Sync of revision 1.0.0, " + repository.head().substring(0, 8));
            assertThat(shop.getLastSyncedRevision()).isEqualTo(repository.head());
            jenkins.assertLogNotContains("pass-of-the-charts", sync);

            commit("values/shop.yaml", "text: of another commit\n");
            shop.addTrigger(new SCMTrigger(""));
            applications.pollAndRun(shop);
            assertThat(applications.live("greeting")).isEqualTo("of another commit");
        }
    }
}
