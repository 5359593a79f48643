package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.util.FormValidation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an application may depend on, by whatever way that is configured. */
@WithJenkins
class DependencyRulesTest {
    private JenkinsRule jenkins;
    private GitOpsApplication shop;
    private GitOpsApplication database;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
        database = jenkins.createProject(GitOpsApplication.class, "database");
        depends(shop, "database");
    }

    private static void depends(GitOpsApplication application, String... on) throws Exception {
        application.setDependsOn(new DependencySettings(List.of(on)));
        application.save();
    }

    private FormValidation check(GitOpsApplication application, String typed) {
        return jenkins.jenkins
                .getDescriptorByType(DependencySettings.DescriptorImpl.class)
                .doCheckApplications(application, typed);
    }

    @Test
    void theFormKeepsThemAndRefusesUnknownNamesAndCircles() throws Exception {
        GitOpsApplication queue = jenkins.createProject(GitOpsApplication.class, "queue");
        depends(shop, "database", "/queue");
        new ItemForm(jenkins, shop).roundtrip();
        assertThat(shop.getDependsOn().getApplications()).containsExactly("database", "/queue");
        assertThat(shop.getDependencies()).containsExactly("database", "queue");
        assertThat(Items.XSTREAM2.toXML(database)).doesNotContain("dependsOn");

        assertThat(check(shop, "database, queue").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(check(shop, "databse").getMessage()).contains("databse", "did you mean", "database");
        assertThat(check(queue, "shop").getMessage()).contains("queue -&gt; shop -&gt; queue");
        assertThat(jenkins.jenkins
                        .getDescriptorByType(DependencySettings.DescriptorImpl.class)
                        .doAutoCompleteApplications(shop, "da")
                        .getValues())
                .containsExactly("database");

        depends(database, "shop");
        assertThatThrownBy(() -> new ItemForm(jenkins, database).roundtrip())
                .isInstanceOfSatisfying(
                        FailingHttpStatusCodeException.class,
                        e -> assertThat(e.getResponse().getContentAsString()).contains("database -> shop -> database"));
    }

    @Test
    void aCircleInAPostedXmlIsRefusedAndChangesNothingButWhatIsStillToComeIsTaken() throws Exception {
        String posted =
                "<gitops-application><namespace>new</namespace><dependsOn><applications><string>shop</string></applications></dependsOn></gitops-application>";
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            WebRequest request =
                    new WebRequest(client.createCrumbedUrl(database.getUrl() + "config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(posted);
            WebResponse response = client.getPage(request).getWebResponse();
            assertThat(response.getStatusCode()).isEqualTo(400);
            assertThat(response.getContentAsString()).contains("database -> shop -> database");
        }
        assertThat(database.getDependencies()).isEmpty();
        assertThat(database.getNamespace()).isEmpty();
        assertThat(database.getConfigFile().asString()).doesNotContain("dependsOn");

        depends(shop, "database", "cache");
        assertThatThrownBy(() -> create("cache", posted))
                .isInstanceOf(RefusedConfiguration.class)
                .hasMessageContaining("cache -> shop -> cache");
        assertThat(jenkins.jenkins.getItem("cache")).isNull();
        assertThat(create("web", posted.replace(">shop<", ">later<")).getDependencies())
                .containsExactly("later");
    }

    private GitOpsApplication create(String name, String xml) throws Exception {
        return (GitOpsApplication) jenkins.jenkins.createProjectFromXML(
                name, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aCircleOfAFileOfApplicationsIsRefusedWhateverItsOrder() {
        ApplicationDefinition first = new ApplicationDefinition("team/a");
        first.setCluster("prod");
        first.setDependsOn(new DependencySettings(List.of("b")));
        ApplicationDefinition second = new ApplicationDefinition("team/b");
        second.setCluster("prod");
        ApplicationsAsCode.get().require(List.of(first, second));

        second.setDependsOn(new DependencySettings(List.of("/team/a")));
        assertThatThrownBy(() -> ApplicationsAsCode.get().require(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("team/a -> team/b -> team/a");
    }

    @Test
    void renamesAndMovesOfEitherAreFollowed() throws Exception {
        database.renameTo("sql");
        assertThat(shop.getDependsOn().getApplications()).containsExactly("sql");

        Folder team = jenkins.createProject(Folder.class, "team");
        Items.move(database, team);
        assertThat(shop.getDependsOn().getApplications()).containsExactly("team/sql");
        Items.move(shop, team);
        assertThat(application("team/shop").getDependsOn().getApplications()).containsExactly("sql");
        team.renameTo("crew");
        assertThat(application("crew/shop").getDependencies()).containsExactly("crew/sql");
        Items.move(application("crew/shop"), jenkins.jenkins);
        assertThat(application("shop").getDependsOn().getApplications()).containsExactly("crew/sql");

        jenkins.jenkins.reload();
        assertThat(application("shop").getDependencies()).containsExactly("crew/sql");
    }

    private GitOpsApplication application(String name) {
        return jenkins.jenkins.getItemByFullName(name, GitOpsApplication.class);
    }
}
