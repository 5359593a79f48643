package io.jenkins.plugins.gitops.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Health rules of an application and of a whole Jenkins. */
@WithJenkins
class OwnHealthRulesTest {
    private static final String BROKEN_IS_DEGRADED = """
            healthCheckExprs:
            - apiVersion: example.com/v1
              kind: Widget
              failed: status.phase == "Broken"
              current: status.phase == "Fine"
            """;
    private static final String BROKEN_IS_HEALTHY =
            BROKEN_IS_DEGRADED.replace("Broken", "None").replace("Fine", "Broken");

    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void application(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
        shop.setNamespace("shop");
    }

    @Test
    void thoseOfJenkinsHoldForEveryApplication() throws Exception {
        GitOpsConfiguration.get().setHealthRules(BROKEN_IS_DEGRADED);

        assertThat(healthOfABrokenWidget()).isEqualTo(HealthStatus.Degraded);
    }

    @Test
    void anApplicationsOwnComeFirst() throws Exception {
        GitOpsConfiguration.get().setHealthRules(BROKEN_IS_DEGRADED);
        shop.setHealthRules(BROKEN_IS_HEALTHY);

        assertThat(healthOfABrokenWidget()).isEqualTo(HealthStatus.Healthy);
    }

    @Test
    void bothFormsGiveThemBack() throws Exception {
        HtmlPage system = jenkins.createWebClient().goTo("manage/configure");
        HtmlForm form = system.getFormByName("config");
        HtmlTextArea area = system.getFirstByXPath("//textarea[contains(@name, 'healthRules')]");
        area.setText(BROKEN_IS_DEGRADED);
        jenkins.submit(form);
        assertThat(GitOpsConfiguration.get().getHealthRules()).isEqualToNormalizingNewlines(BROKEN_IS_DEGRADED.strip());

        shop.setHealthRules(BROKEN_IS_HEALTHY);
        shop.save();
        shop.doReload();
        assertThat(shop.getHealthRules()).isEqualToNormalizingNewlines(BROKEN_IS_HEALTHY.strip());
        jenkins.configRoundtrip(shop);
        assertThat(shop.getHealthRules()).isEqualToNormalizingNewlines(BROKEN_IS_HEALTHY.strip());
    }

    @Test
    void wrongOnesAreRefusedWithTheLine() {
        String wrong = BROKEN_IS_DEGRADED.replace("status.phase ==", "status.phase ===");

        assertThat(GitOpsConfiguration.get().doCheckHealthRules(wrong).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(GitOpsConfiguration.get().doCheckHealthRules("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThatThrownBy(() -> GitOpsConfiguration.get().setHealthRules("hello: there"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("health rules");
        assertThat(GitOpsConfiguration.get().getHealthRules()).isEmpty();
    }

    private HealthStatus healthOfABrokenWidget() throws Exception {
        ObjectNode widget = (ObjectNode) new ObjectMapper().readTree("""
                {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "status": {"phase": "Broken"}}
                """);
        return new HealthRules(shop.toEngineApplication().health())
                .assess(widget)
                .map(Health::status)
                .orElseThrow();
    }
}
