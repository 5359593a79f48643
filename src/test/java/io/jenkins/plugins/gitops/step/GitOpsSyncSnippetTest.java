package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.application.GitOpsApplication;
import java.net.URL;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class GitOpsSyncSnippetTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void anApplicationIsOneArgument() throws Exception {
        GitOpsSyncStep step = new GitOpsSyncStep();
        step.setApplication("team/shop");

        new SnippetizerTester(jenkins).assertRoundTrip(step, "gitopsSync application: 'team/shop'");
    }

    @Test
    void theFormOfTheSnippetGeneratorLeavesDefaultsOut() throws Exception {
        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        """
                        {'stapler-class': '%s', 'application': 'shop', 'cluster': '', 'namespace': '', 'path': '',
                         'name': '', 'uuid': '', 'adopt': false, 'revision': '', 'prune': false, 'dryRun': false,
                         'wait': true, 'timeout': '0', 'propagate': true, 'failOnUnhealthy': false}""".formatted(GitOpsSyncStep.class.getName()), "gitopsSync application: 'shop'", null);
    }

    @Test
    void everyArgumentIsWrittenAndReadBack() throws Exception {
        GitOpsSyncStep step = full();

        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        step,
                        "gitopsSync adopt: true, cluster: 'prod', dryRun: true, failOnUnhealthy: true, name: 'shop', namespace: 'web', "
                                + "path: 'deploy', propagate: false, prune: true, revision: 'v1', timeout: 3, "
                                + "uuid: '5b1f0a4e-2c0b-4a53-9a49-6f2f4c1d7e30', wait: false");
    }

    @Test
    void theFormGivesBackWhatItWasGiven() throws Exception {
        GitOpsSyncStep step = full();
        // The list offers the clusters that there are; there is none.
        step.setCluster(null);

        GitOpsSyncStep returned = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(returned).usingRecursiveComparison().isEqualTo(step);
        assertThat(new StepConfigTester(jenkins).configRoundTrip(new GitOpsSyncStep()))
                .usingRecursiveComparison()
                .isEqualTo(new GitOpsSyncStep());
    }

    /** The form asks by POST; a method that answers GET alone is not found. */
    @Test
    void theFormCompletesNamesOfApplications() throws Exception {
        jenkins.createProject(GitOpsApplication.class, "shop");
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "deploy");
        JenkinsRule.WebClient client = jenkins.createWebClient();
        String url = jenkins.getURL() + pipeline.getUrl() + "descriptorByName/" + GitOpsSyncStep.class.getName()
                + "/autoCompleteApplication?value=sh";

        WebRequest request = client.addCrumb(new WebRequest(new URL(url), HttpMethod.POST));

        assertThat(client.getPage(request).getWebResponse().getContentAsString())
                .contains("\"shop\"");
    }

    @Test
    void theReferenceOfStepsCanBeWritten() throws Exception {
        SnippetizerTester.assertDocGeneration(GitOpsSyncStep.class);
    }

    private static GitOpsSyncStep full() {
        GitOpsSyncStep step = new GitOpsSyncStep();
        step.setCluster("prod");
        step.setNamespace("web");
        step.setPath("deploy");
        step.setName("shop");
        step.setUuid("5b1f0a4e-2c0b-4a53-9a49-6f2f4c1d7e30");
        step.setAdopt(true);
        step.setRevision("v1");
        step.setPrune(true);
        step.setDryRun(true);
        step.setWait(false);
        step.setTimeout(3);
        step.setPropagate(false);
        step.setFailOnUnhealthy(true);
        return step;
    }
}
