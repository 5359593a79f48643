package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PermissionsTest {
    private static final String[] CHANGES = {
        "sync", "check", "dryRun", "hardRefresh/", "confirmRemove", "build", "disable", "doDelete"
    };

    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, GitOpsPermissions.SYNC)
                .everywhere()
                .to("syncer")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.DELETE)
                .everywhere()
                .to("deleter"));
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
        shop.makeDisabled(false);
        jenkins.jenkins.setNumExecutors(0);
    }

    private int status(String user, String page, HttpMethod method) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            // Whoever is not logged in is denied with a page that sends a browser to the login.
            client.setRefreshHandler((page1, url, seconds) -> {});
            client.getOptions().setJavaScriptEnabled(false);
            if (user != null) {
                client.login(user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), shop.getUrl() + page), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Test
    void nobodyWithoutPermissionStartsOrChangesAnything() throws Exception {
        for (String page : CHANGES) {
            assertThat(status("reader", page, HttpMethod.POST)).as(page).isEqualTo(403);
            assertThat(status(null, page, HttpMethod.POST))
                    .as("anonymous " + page)
                    .isIn(403, 404);
        }
        assertThat(jenkins.jenkins.getQueue().isEmpty()).isTrue();
        assertThat(shop.isDisabled()).isFalse();
        assertThat(jenkins.jenkins.getItem("shop")).isNotNull();
    }

    @Test
    void followingALinkChangesNothing() throws Exception {
        for (String page : CHANGES) {
            // 404: core deletes by POST only, and says of anything else that there is no such page.
            assertThat(status("syncer", page, HttpMethod.GET)).as(page).isIn(403, 404, 405);
        }
        assertThat(jenkins.jenkins.getQueue().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"syncer", "builder"})
    void whoMaySyncMayAlsoCheckAndPreview(String user) throws Exception {
        for (String page : new String[] {"sync", "check", "dryRun", "hardRefresh/"}) {
            assertThat(status(user, page, HttpMethod.POST)).as(page).isEqualTo(200);
            assertThat(jenkins.jenkins.getQueue().contains(shop)).as(page).isTrue();
            jenkins.jenkins.getQueue().clear();
        }
    }

    @Test
    void pagesOfferOnlyWhatIsPermitted() throws Exception {
        assertThat(page("reader"))
                .doesNotContain("/sync\"")
                .doesNotContain("/remove\"")
                .doesNotContain("/configure\"");
        assertThat(page("syncer")).contains("/sync\"").contains("/check\"").doesNotContain("/remove\"");
        assertThat(page("deleter")).contains("/remove\"").doesNotContain("/sync\"");
        assertThat(status("reader", "remove", HttpMethod.GET)).isEqualTo(403);
        assertThat(status("deleter", "remove", HttpMethod.GET)).isEqualTo(200);
    }

    private String page(String user) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login(user);
            return client.getPage(shop).getWebResponse().getContentAsString();
        }
    }

    @Test
    void pruningBeforeDeletionIsASyncToo() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.login("deleter");
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), shop.getUrl() + "confirmRemove?objects=prune"), HttpMethod.POST);
            client.addCrumb(request);
            assertThat(client.getPage(request).getWebResponse().getStatusCode()).isEqualTo(403);
        }
        assertThat(jenkins.jenkins.getItem("shop")).isNotNull();
    }
}
