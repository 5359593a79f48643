package io.jenkins.plugins.gitops.casc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersDefinitionProperty;
import hudson.plugins.git.GitSCM;
import hudson.tasks.LogRotator;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.gitops.application.CheckTrigger;
import io.jenkins.plugins.gitops.application.DriftPolicy;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The root entry {@code gitOps: applications:}, read while Jenkins starts and while it runs. */
class ApplicationsAsCodeTest {
    private static final String YAML = """
            unclassified:
              gitOps:
                clusters:
                - name: prod
                  serverUrl: https://prod.invalid
            gitOps:
              applications:
              - name: team-a/web/shop
                displayName: The shop
                description: sells things
                scm:
                  scmGit:
                    userRemoteConfigs:
                    - url: https://git.invalid/shop.git
                    branches:
                    - name: main
                source:
                  path: deploy
                  include:
                  - "*.yaml"
                  - base/**
                cluster: prod
                namespace: shop
                sync:
                  prune: true
                  timeoutMinutes: 3
                  options: [Prune=confirm]
                  retry:
                    limit: 1
                ignore:
                - kind: Deployment
                  jsonPointers:
                  - /spec/replicas
                - group: core
                  jqPathExpressions: .data | .owner
                dependsOn:
                  applications: [../../plain]
                driftPolicy: heal
                driftRules:
                  onFight: continue
                  severity:
                  - kind: ConfigMap
                    severity: critical
                throttleMinutes: 5
                labelExpression: linux
                quietPeriod: 0
                triggers:
                - pollSCM:
                    scmpoll_spec: H/5 * * * *
                - driftCheck:
                    spec: H/15 * * * *
                properties:
                - buildDiscarder:
                    strategy:
                      logRotator:
                        numToKeepStr: "20"
                - parameters:
                    parameterDefinitions:
                    - string:
                        name: TICKET
              - name: plain
                cluster: prod
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty("casc.jenkins.config");
    }

    private String file(String yaml) throws Exception {
        return Files.writeString(folder.resolve("jenkins.yaml"), yaml).toString();
    }

    private static GitOpsApplication named(String name) {
        return Jenkins.get().getItemByFullName(name, GitOpsApplication.class);
    }

    @Test
    void applicationsAreMadeWhenJenkinsStartsAndUpdatedWhenItStartsAgain() throws Throwable {
        System.setProperty("casc.jenkins.config", file(YAML));
        String[] uuid = new String[1];
        sessions.then(jenkins -> {
            assertThat(jenkins.jenkins.getItem("team-a")).isInstanceOf(Folder.class);
            GitOpsApplication shop = named("team-a/web/shop");
            uuid[0] = shop.getUuid();
            requireAsConfigured(shop);
            assertThat(named("plain").getTriggers()).isEmpty();
            shop.makeDisabled(true);
            jenkins.createProject(GitOpsApplication.class, "by-hand");
        });
        file(YAML.replace("namespace: shop", "namespace: store"));
        sessions.then(jenkins -> {
            GitOpsApplication shop = named("team-a/web/shop");
            assertThat(shop.getNamespace()).isEqualTo("store");
            assertThat(shop.getUuid()).isEqualTo(uuid[0]);
            assertThat(shop.isDisabled())
                    .as("what somebody disabled stays disabled")
                    .isTrue();
            assertThat(named("by-hand")).as("nothing is deleted").isNotNull();
        });
    }

    private static void requireAsConfigured(GitOpsApplication shop) {
        assertThat(shop.getDisplayName()).isEqualTo("The shop");
        assertThat(shop.getDescription()).isEqualTo("sells things");
        assertThat(((GitSCM) shop.getScm()).getUserRemoteConfigs().get(0).getUrl())
                .isEqualTo("https://git.invalid/shop.git");
        assertThat(shop.getSource().getInclude().list()).containsExactly("*.yaml", "base/**");
        assertThat(shop.getClusterName()).isEqualTo("prod");
        assertThat(shop.getNamespace()).isEqualTo("shop");
        assertThat(shop.getSync().isPrune()).isTrue();
        assertThat(shop.getSync().getTimeoutMinutes()).isEqualTo(3);
        assertThat(shop.getSync().getOptions().list()).containsExactly("Prune=confirm");
        assertThat(shop.getSync().getRetry().getLimit()).isEqualTo(1);
        assertThat(shop.getIgnore()).hasSize(2);
        assertThat(shop.getIgnore().get(0).getJsonPointers().list()).containsExactly("/spec/replicas");
        assertThat(shop.getIgnore().get(1).getGroup()).isEqualTo("core");
        assertThat(shop.getIgnore().get(1).getJqPathExpressions().list()).containsExactly(".data | .owner");
        assertThat(shop.getDriftPolicy()).isEqualTo(DriftPolicy.heal);
        assertThat(shop.getDependencies()).containsExactly("plain");
        assertThat(shop.getDriftRules().getOnFight()).isEqualTo("continue");
        assertThat(shop.toEngineApplication().severities())
                .containsExactly(new SeverityRule("*", "ConfigMap", "*", "*", List.of(), Severity.critical));
        assertThat(shop.getThrottleMinutes()).isEqualTo(5);
        assertThat(shop.getLabelExpression()).isEqualTo("linux");
        assertThat(shop.getQuietPeriod()).isZero();
        assertThat(ParameterizedJobMixIn.getTrigger(shop, SCMTrigger.class).getSpec())
                .isEqualTo("H/5 * * * *");
        assertThat(ParameterizedJobMixIn.getTrigger(shop, CheckTrigger.class).getSpec())
                .isEqualTo("H/15 * * * *");
        assertThat(((LogRotator) shop.getBuildDiscarder()).getNumToKeep()).isEqualTo(20);
        assertThat(shop.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames())
                .containsExactly("TICKET");
        assertThat(shop.isBuildable()).isTrue();
    }

    @Test
    void whatIsExportedMakesTheSameAgainAndWhatIsWrongChangesNothing() throws Throwable {
        sessions.then(jenkins -> {
            ConfigurationAsCode.get().configure(file(YAML));
            String uuid = named("team-a/web/shop").getUuid();
            String exported = export();
            assertThat(exported).contains("name: \"team-a/web/shop\"", "driftCheck", uuid);

            named("team-a/web/shop").delete();
            named("plain").delete();
            ConfigurationAsCode.get().configure(file(exported));
            requireAsConfigured(named("team-a/web/shop"));
            assertThat(named("team-a/web/shop").getUuid()).isEqualTo(uuid);
            assertThat(export()).isEqualTo(exported);

            String other = exported.replace("namespace: \"shop\"", "namespace: \"store\"");
            assertThat(other).isNotEqualTo(exported);
            for (String[] wrong : new String[][] {
                {"\"/spec/replicas\"", "\"spec/replicas\"", "is no JSON pointer"},
                {"\"Prune=confirm\"", "\"Prune=maybe\"", "Prune=maybe"},
                {"name: \"plain\"", "name: \"team-a/web/shop\"", "team-a/web/shop"},
                {"driftPolicy: heal", "driftPolicy: mend", "mend"},
                {"onFight: \"continue\"", "onFight: surrender", "surrender"},
                {"../../plain", "shop", "team-a/web/shop -> team-a/web/shop"},
                {"throttleMinutes", "throttleMinutess", "throttleMinutess"},
            }) {
                String bad = other.replace(wrong[0], wrong[1]);
                assertThat(bad).as(wrong[1]).isNotEqualTo(other);
                assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file(bad)))
                        .as(wrong[1])
                        .isInstanceOf(ConfiguratorException.class)
                        .satisfies(e -> assertThat(messages(e)).contains(wrong[2]));
                assertThat(named("team-a/web/shop").getNamespace()).isEqualTo("shop");
            }

            jenkins.createFreeStyleProject("job");
            assertThatThrownBy(() -> ConfigurationAsCode.get()
                            .configure(file("{gitOps: {applications: [{name: job, cluster: prod}]}}")))
                    .satisfies(e -> assertThat(messages(e)).contains("job exists"));
        });
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = e; at != null; at = at.getCause()) {
            all.append(at).append('\n');
        }
        return all.toString();
    }

    /** The part of the export that is ours. */
    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String all = out.toString(StandardCharsets.UTF_8);
        return Arrays.stream(all.split("(?m)^(?=\\S)"))
                .filter(root -> root.startsWith("gitOps:"))
                .collect(Collectors.joining());
    }
}
