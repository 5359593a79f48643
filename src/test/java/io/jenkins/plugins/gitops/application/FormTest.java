package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Items;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.SeverityRule;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.field.Words;
import java.time.Duration;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form takes, what it refuses, and what it says while one types. */
@WithJenkins
class FormTest {
    private JenkinsRule jenkins;
    private GitOpsApplication shop;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ClusterDefinition cluster = new ClusterDefinition("prod");
        cluster.setServerUrl("https://prod.invalid");
        cluster.setDefaultNamespace("web");
        GitOpsConfiguration.get().setClusters(List.of(cluster));
        shop = jenkins.createProject(GitOpsApplication.class, "shop");
        shop.setClusterName("prod");
    }

    private static IgnoreSettings replicas() {
        IgnoreSettings rule = new IgnoreSettings();
        rule.setGroup("apps");
        rule.setKind("Deployment");
        rule.setNamespace("shop-?");
        rule.setName("web-*");
        rule.setJsonPointers(new Lines("/spec/replicas\n/metadata/annotations/example.com~1owner"));
        return rule;
    }

    private static IgnoreSettings proxies() {
        IgnoreSettings rule = new IgnoreSettings();
        rule.setGroup("core");
        rule.setJqPathExpressions(new Lines(".spec.containers[] | select(.name == \"proxy\") | .image"));
        rule.setManagedFieldsManagers(new Words("kube-controller-manager, vpa"));
        return rule;
    }

    @Test
    void ignoreRulesSurviveTheFormAndReachTheEngine() throws Exception {
        shop.setIgnore(List.of(replicas(), proxies()));

        new ItemForm(jenkins, shop).roundtrip();

        assertThat(shop.getIgnore()).usingRecursiveComparison().isEqualTo(List.of(replicas(), proxies()));
        assertThat(shop.toEngineApplication().ignore())
                .containsExactly(
                        new IgnoreRule(
                                "apps",
                                "Deployment",
                                "shop-?",
                                "web-*",
                                List.of("/spec/replicas", "/metadata/annotations/example.com~1owner"),
                                List.of(),
                                List.of()),
                        new IgnoreRule(
                                "",
                                "*",
                                "*",
                                "*",
                                List.of(),
                                List.of(".spec.containers[] | select(.name == \"proxy\") | .image"),
                                List.of("kube-controller-manager", "vpa")));
    }

    @Test
    void theLastIgnoreRuleCanBeDeleted() throws Exception {
        shop.setIgnore(List.of(replicas()));
        shop.save();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.getPage(shop, "configure");
            page.executeJavaScript(
                    "document.querySelectorAll('[name=ignore] .repeatable-delete').forEach(b => b.click())");
            client.waitForBackgroundJavaScript(5_000);
            jenkins.submit(page.getFormByName("config"));
        }
        assertThat(shop.getIgnore()).isEmpty();
    }

    @Test
    void retriesOptionsLockAndThrottleSurviveTheForm() throws Exception {
        SyncSettings sync = new SyncSettings();
        RetrySettings retry = new RetrySettings();
        retry.setLimit(2);
        retry.setFirstPauseSeconds(1);
        retry.setFactor(3);
        retry.setLongestPauseSeconds(60);
        sync.setRetry(retry);
        sync.setOptions(new Words("Prune=confirm, CreateNamespace=true"));
        sync.setLock(false);
        shop.setSync(sync);
        shop.setThrottleMinutes(7);

        new ItemForm(jenkins, shop).roundtrip();

        SyncPolicy policy = shop.toEngineApplication().sync();
        assertThat(policy.retry()).isEqualTo(new RetryPolicy(2, Duration.ofSeconds(1), 3, Duration.ofMinutes(1)));
        assertThat(policy.options()).containsExactly("Prune=confirm", "CreateNamespace=true");
        assertThat(policy.lock()).isFalse();
        assertThat(shop.getThrottleMinutes()).isEqualTo(7);
    }

    @Test
    void severityRulesAndWhatFollowsAFightSurviveTheFormAndReachTheEngine() throws Exception {
        SeveritySettings replicas = new SeveritySettings(Severity.info);
        replicas.setGroup("apps");
        replicas.setKind("Deployment");
        replicas.setFields(new Words("spec.replicas, *.image"));
        SeveritySettings maps = new SeveritySettings(Severity.critical);
        maps.setGroup("core");
        DriftSettings rules = new DriftSettings();
        rules.setSeverity(List.of(replicas, maps));
        rules.setOnFight("continue");
        shop.setDriftRules(rules);

        new ItemForm(jenkins, shop).roundtrip();

        assertThat(shop.toEngineApplication().severities())
                .containsExactly(
                        new SeverityRule(
                                "apps", "Deployment", "*", "*", List.of("spec.replicas", "*.image"), Severity.info),
                        new SeverityRule("", "*", "*", "*", List.of(), Severity.critical));
        assertThat(shop.getDriftRules().pace().goesOn()).isTrue();
        String xml = shop.getConfigFile().asString();
        assertThat(xml).contains("<onFight>continue</onFight>", "<severity>info</severity>");
        jenkins.jenkins.reload();
        GitOpsApplication read = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
        assertThat(read.getDriftRules()).usingRecursiveComparison().isEqualTo(shop.getDriftRules());
        read.save();
        assertThat(read.getConfigFile().asString()).isEqualTo(xml);
        rules.setOnFight("surrender");
        assertThat(rules.problem()).hasValueSatisfying(what -> assertThat(what).contains("stop or continue"));
    }

    @Test
    void whatIsNotSaidIsTheEnginesDefault() throws Exception {
        new ItemForm(jenkins, shop).roundtrip();
        assertThat(shop.toEngineApplication().sync()).isEqualTo(SyncPolicy.DEFAULT);
        assertThat(shop.toEngineApplication().ignore()).isEmpty();
        assertThat(Items.XSTREAM2.toXML(shop))
                .doesNotContain("retry", "options", "lock", "ignore", "throttle", "driftRules");
    }

    @Test
    void whatIsSavedIsReadAgain() throws Exception {
        shop.setIgnore(List.of(replicas(), proxies()));
        shop.getSync().setOptions(new Words("Prune=confirm"));
        shop.setThrottleMinutes(7);
        shop.save();
        String xml = shop.getConfigFile().asString();
        assertThat(xml).contains("<ignore>", "<gitops-ignore-rule>", "<options>Prune=confirm</options>");

        jenkins.jenkins.reload();
        GitOpsApplication read = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);

        assertThat(read.getIgnore()).usingRecursiveComparison().isEqualTo(List.of(replicas(), proxies()));
        assertThat(read.getSync().getOptions().list()).containsExactly("Prune=confirm");
        assertThat(read.getThrottleMinutes()).isEqualTo(7);
        read.save();
        assertThat(read.getConfigFile().asString()).isEqualTo(xml);
    }

    @Test
    void whatIsWrongIsRefusedAndNothingOfItIsTaken() throws Exception {
        shop.setIgnore(List.of(replicas()));
        shop.setNamespace("shop");
        shop.save();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.getPage(shop, "configure");
            HtmlForm form = page.getFormByName("config");
            form.getInputByName("_.namespace").setValue("other");
            page.<DomElement>getFirstByXPath("//textarea[@name='_.jsonPointers' and contains(., 'replicas')]")
                    .setTextContent("spec/replicas");
            assertThatThrownBy(() -> jenkins.submit(form))
                    .isInstanceOfSatisfying(
                            FailingHttpStatusCodeException.class,
                            e -> assertThat(e.getResponse().getContentAsString())
                                    .contains("spec/replicas", "is no JSON pointer"));
        }
        assertThat(shop.getNamespace()).isEqualTo("shop");
        assertThat(shop.getIgnore()).usingRecursiveComparison().isEqualTo(List.of(replicas()));
    }

    /** Red fields in a form that nobody has touched say that Jenkins is broken. */
    @Test
    void theFormOfANewApplicationShowsNothingWrong() throws Exception {
        GitOpsConfiguration.get().setClusters(List.of(new ClusterDefinition("bare")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage newItem = client.goTo("view/all/newJob");
            HtmlForm form = newItem.getFormByName("createItem");
            form.getInputByName("name").setValue("fresh");
            form.getInputByValue(GitOpsApplication.class.getName()).setChecked(true);
            jenkins.submit(form);
            GitOpsApplication fresh = jenkins.jenkins.getItemByFullName("fresh", GitOpsApplication.class);
            HtmlPage page = client.getPage(fresh, "configure");
            client.waitForBackgroundJavaScript(20_000);
            List<DomElement> ours = page.getByXPath("//*[contains(@checkurl, 'io.jenkins.plugins.gitops')]"
                    + "/ancestor::div[contains(@class, 'jenkins-form-item')][1]"
                    + "//div[contains(@class, 'validation-error-area')]");
            assertThat(ours).hasSizeGreaterThan(10);
            assertThat(ours)
                    .filteredOn(area -> !area.getByXPath(".//div[@class='error' or @class='warning']")
                            .isEmpty())
                    .extracting(DomElement::getTextContent)
                    .isEmpty();
        }
    }

    @Test
    void anApplicationWithoutDestinationIsNotSavedWhileThereIsOneToChoose() throws Exception {
        shop.setNamespace("web");
        shop.setClusterName("");
        shop.save();
        assertThat(shop.getDescriptor().doCheckClusterName(shop, "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThatThrownBy(() -> new ItemForm(jenkins, shop).roundtrip())
                .isInstanceOf(FailingHttpStatusCodeException.class);
        GitOpsConfiguration.get().setClusters(List.of());
        new ItemForm(jenkins, shop).roundtrip();
    }

    @Test
    void pointersAndExpressionsAreCheckedWhileOneTypes() {
        IgnoreSettings.DescriptorImpl form = (IgnoreSettings.DescriptorImpl) new IgnoreSettings().getDescriptor();
        assertThat(form.doCheckJsonPointers(shop, "/spec/replicas").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckJsonPointers(shop, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckJsonPointers(shop, "spec/replicas").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckJqPathExpressions(shop, ".spec.containers[].image").kind)
                .isEqualTo(FormValidation.Kind.OK);
        FormValidation bad = form.doCheckJqPathExpressions(shop, ".spec\n.spec.containers[.");
        assertThat(bad.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(bad.getMessage()).contains(".spec.containers[.", "column 18");
    }

    @Test
    void ruleOptionsAndRetriesThatMeanNothingAreProblems() {
        assertThat(new IgnoreSettings().problem()).isPresent();
        assertThat(replicas().problem()).isEmpty();
        SyncSettings sync = new SyncSettings();
        sync.setOptions(new Words("Prune=maybe Prunee=true"));
        assertThat(sync.problem()).hasValueSatisfying(what -> assertThat(what).contains("Prune=maybe", "Prunee=true"));
        SyncSettings retries = new SyncSettings();
        RetrySettings retry = new RetrySettings();
        retry.setLongestPauseSeconds(1);
        retries.setRetry(retry);
        assertThat(retries.problem()).isPresent();
    }
}
