package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.plugins.git.GitSCM;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.field.Lines;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        ClusterDefinition cluster = new ClusterDefinition("prod");
        cluster.setServerUrl("https://prod.invalid");
        cluster.setDefaultNamespace("web");
        cluster.setAgentLabel("inside");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
    }

    private GitOpsApplication application(ItemGroup<?> parent, String name) throws Exception {
        GitOpsApplication application = parent == jenkins.jenkins
                ? jenkins.createProject(GitOpsApplication.class, name)
                : ((Folder) parent).createProject(GitOpsApplication.class, name);
        application.setScm(new GitSCM("https://git.invalid/shop.git"));
        SourceSettings source = new SourceSettings("deploy");
        source.setRecurse(false);
        source.setExclude(new Lines("*.test.yaml"));
        application.setSource(source);
        application.setClusterName("prod");
        application.setNamespace("shop");
        SyncSettings sync = new SyncSettings();
        sync.setAutomatic(false);
        sync.setPrune(true);
        sync.setAwaitHealth(false);
        sync.setTimeoutMinutes(3);
        application.setSync(sync);
        application.setDriftPolicy(DriftPolicy.heal);
        application.setCollapseChecks(false);
        application.setLabelExpression("linux");
        application.addTrigger(new SCMTrigger("H/5 * * * *"));
        application.addTrigger(new CheckTrigger("H/15 * * * *"));
        application.save();
        return application;
    }

    @Test
    void theFormGivesBackWhatIsConfigured() throws Exception {
        GitOpsApplication application = application(jenkins.jenkins, "shop");
        String uuid = application.getUuid();

        new ItemForm(jenkins, application).roundtrip();

        assertThat(application.getScm()).isInstanceOf(GitSCM.class);
        assertThat(((GitSCM) application.getScm()).getUserRemoteConfigs().get(0).getUrl())
                .isEqualTo("https://git.invalid/shop.git");
        assertThat(application.getSource())
                .usingRecursiveComparison()
                .isEqualTo(source("deploy", false, "", "*.test.yaml"));
        assertThat(application.getClusterName()).isEqualTo("prod");
        assertThat(application.getNamespace()).isEqualTo("shop");
        assertThat(application.getSync().isAutomatic()).isFalse();
        assertThat(application.getSync().isPrune()).isTrue();
        assertThat(application.getSync().isAwaitHealth()).isFalse();
        assertThat(application.getSync().getTimeoutMinutes()).isEqualTo(3);
        assertThat(application.getDriftPolicy()).isEqualTo(DriftPolicy.heal);
        assertThat(application.isCollapseChecks()).isFalse();
        assertThat(application.getLabelExpression()).isEqualTo("linux");
        assertThat(application.getSCMTrigger().getSpec()).isEqualTo("H/5 * * * *");
        assertThat(ParameterizedJobMixIn.getTrigger(application, CheckTrigger.class)
                        .getSpec())
                .isEqualTo("H/15 * * * *");
        assertThat(application.getUuid()).isEqualTo(uuid);
        assertThat(application.isDisabled()).isFalse();
    }

    private static SourceSettings source(String path, boolean recurse, String include, String exclude) {
        SourceSettings source = new SourceSettings(path);
        source.setRecurse(recurse);
        source.setInclude(new Lines(include));
        source.setExclude(new Lines(exclude));
        return source;
    }

    @Test
    void whatTheFormDoesNotSayHasADefault() throws Exception {
        GitOpsApplication application = jenkins.createProject(GitOpsApplication.class, "fresh");
        application.setClusterName("prod");

        new ItemForm(jenkins, application).roundtrip();

        assertThat(application.getSource().isRecurse()).isTrue();
        assertThat(application.getSync()).usingRecursiveComparison().isEqualTo(new SyncSettings());
        assertThat(application.getDriftPolicy()).isEqualTo(DriftPolicy.report);
        assertThat(application.isCollapseChecks()).isTrue();
        assertThat(application.getTriggers()).isEmpty();
    }

    @Test
    void theXmlIsTheOneThatOlderConfigurationsHave() throws Exception {
        GitOpsApplication application = application(jenkins.jenkins, "shop");

        String xml = Items.XSTREAM2.toXML(application).replaceAll("(<scm )[^>]*>[\\s\\S]*(</scm>)", "$1/>");

        assertThat(xml).isEqualToNormalizingNewlines("""
                <gitops-application>
                  <keepDependencies>false</keepDependencies>
                  <properties/>
                  <uuid>%s</uuid>
                  <nameInCluster>shop</nameInCluster>
                  <scm />
                  <source>
                    <path>deploy</path>
                    <recurse>false</recurse>
                    <exclude>*.test.yaml</exclude>
                  </source>
                  <cluster>prod</cluster>
                  <namespace>shop</namespace>
                  <sync>
                    <automatic>false</automatic>
                    <prune>true</prune>
                    <pruneNamespaces>false</pruneNamespaces>
                    <pruneCustomResourceDefinitions>false</pruneCustomResourceDefinitions>
                    <allowEmpty>false</allowEmpty>
                    <adopt>false</adopt>
                    <applyAll>false</applyAll>
                    <awaitHealth>false</awaitHealth>
                    <timeoutMinutes>3</timeoutMinutes>
                  </sync>
                  <driftPolicy>heal</driftPolicy>
                  <collapseChecks>false</collapseChecks>
                  <label>linux</label>
                  <triggers>
                    <hudson.triggers.SCMTrigger>
                      <spec>H/5 * * * *</spec>
                      <ignorePostCommitHooks>false</ignorePostCommitHooks>
                    </hudson.triggers.SCMTrigger>
                    <io.jenkins.plugins.gitops.application.CheckTrigger>
                      <spec>H/15 * * * *</spec>
                    </io.jenkins.plugins.gitops.application.CheckTrigger>
                  </triggers>
                  <disabled>false</disabled>
                </gitops-application>""".formatted(application.getUuid()));
    }

    @Test
    void aSparseXmlGivesDefaults() throws Exception {
        GitOpsApplication application = (GitOpsApplication) jenkins.jenkins.createProjectFromXML(
                "sparse", stream("<gitops-application><cluster>prod</cluster></gitops-application>"));

        assertThat(application.getNamespace()).isEmpty();
        assertThat(application.toEngineApplication().destination().namespace()).isEqualTo("web");
        assertThat(application.getSync().isAutomatic()).isTrue();
        assertThat(application.getSCMs()).isEmpty();
    }

    @Test
    void aConfigurationThatIsPushedAnewKeepsTheIdentity() throws Exception {
        GitOpsApplication application = (GitOpsApplication) jenkins.jenkins.createProjectFromXML(
                "pushed", stream("<gitops-application><cluster>prod</cluster></gitops-application>"));
        String uuid = application.getUuid();

        application.updateByXml((javax.xml.transform.Source)
                new StreamSource(stream("<gitops-application><cluster>other</cluster></gitops-application>")));
        assertThat(application.getClusterName()).isEqualTo("other");
        assertThat(application.getUuid()).isEqualTo(uuid);

        jenkins.jenkins.reload();
        assertThat(jenkins.jenkins
                        .getItemByFullName("pushed", GitOpsApplication.class)
                        .getUuid())
                .isEqualTo(uuid);
    }

    @Test
    void renameAndMoveKeepTheIdentityAndACopyGetsItsOwn() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        GitOpsApplication application = application(folder, "shop");
        String uuid = application.getUuid();
        String inCluster = application.toEngineApplication().name();

        application.renameTo("store");
        Items.move(application, jenkins.jenkins);
        GitOpsApplication moved = jenkins.jenkins.getItemByFullName("store", GitOpsApplication.class);
        assertThat(moved.getUuid()).isEqualTo(uuid);
        assertThat(moved.toEngineApplication().name()).isEqualTo(inCluster);

        GitOpsApplication copy = jenkins.jenkins.copy(moved, "copy");
        assertThat(copy.getUuid()).isNotEqualTo(uuid);
        assertThat(copy.toEngineApplication().name()).isEqualTo("copy");
        assertThat(copy.getClusterName()).isEqualTo("prod");
        assertThat(copy.isBuildable()).isFalse();
        assertThat(Files.readString(copy.getConfigFile().getFile().toPath())).contains(copy.getUuid());
        jenkins.jenkins.reload();
        assertThat(jenkins.jenkins
                        .getItemByFullName("copy", GitOpsApplication.class)
                        .getUuid())
                .isNotEqualTo(uuid);
    }

    @Test
    void aSecondItemWithTheSameXmlGetsAnIdentityOfItsOwn() throws Exception {
        GitOpsApplication first = application(jenkins.jenkins, "shop");
        String xml = Files.readString(first.getConfigFile().getFile().toPath());

        GitOpsApplication second = (GitOpsApplication) jenkins.jenkins.createProjectFromXML("again", stream(xml));

        assertThat(second.getUuid()).isNotEqualTo(first.getUuid());
    }

    @Test
    void triggersAreOfferedAndStopWithTheItem() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        GitOpsApplication application = application(folder, "shop");
        assertThat(hudson.triggers.Trigger.for_(application))
                .extracting(descriptor -> descriptor.clazz.getSimpleName())
                .contains("SCMTrigger", "TimerTrigger", "CheckTrigger", "ReverseBuildTrigger");
        application.addTrigger(new TimerTrigger("@daily"));

        application.makeDisabled(true);
        assertThat(application.isBuildable()).isFalse();
        assertThat(application.scheduleSync(new hudson.model.Cause.UserIdCause()))
                .isNull();

        application.delete();
        assertThat(folder.getItem("shop")).isNull();
    }

    @Test
    void bothLabelsLimitTheNodes() throws Exception {
        GitOpsApplication application = application(jenkins.jenkins, "shop");
        assertThat(application.getAssignedLabel().getExpression()).isEqualTo("(linux)&&(inside)");
        application.setLabelExpression("");
        assertThat(application.getAssignedLabel().getExpression()).isEqualTo("inside");
        application.setClusterName("");
        assertThat(application.getAssignedLabel()).isNull();
    }

    @Test
    void theFormSaysWhatIsWrong() throws Exception {
        GitOpsApplication application = application(jenkins.jenkins, "shop");
        GitOpsApplicationDescriptor form = application.getDescriptor();

        assertThat(form.doCheckClusterName(application, "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckClusterName(application, "unknown").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckClusterName(application, "prod").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckNamespace(application, "Shop", "prod").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckNamespace(application, "", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckNamespace(application, "", "prod").getMessage()).contains("web");
        assertThat(form.doFillClusterNameItems(application, "gone"))
                .extracting(option -> option.value)
                .containsExactly("", "prod", "gone");
        assertThat(SourceSettings.problemOfPath("/etc")).isPresent();
        assertThat(SourceSettings.problemOfPath("a/../../b")).isPresent();
        assertThat(SourceSettings.problemOfPath("a/b..c")).isEmpty();
    }

    private static ByteArrayInputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }
}
