package io.jenkins.plugins.gitops.application;

import hudson.model.Item;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** An item's configuration form in a browser, submitted as it comes. */
record ItemForm(JenkinsRule jenkins, Item item) {
    /**
     * {@link JenkinsRule#configRoundtrip} sends the form while its scripts may still be hiding what belongs to another choice, such
     * as another SCM; a person is slower than they are.
     */
    void roundtrip() throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage page = browser.getPage(item, "configure");
        browser.waitForBackgroundJavaScript(5_000);
        jenkins.submit(page.getFormByName("config"));
    }
}
