package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Snippet Generator's forms of the steps beside {@code gitopsSync}, what it writes, and the reference made from both. */
@WithJenkins
class StepFormsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static GitOpsRollbackStep rollback() {
        GitOpsRollbackStep step = new GitOpsRollbackStep("shop");
        step.setTo(7);
        step.setReason("checkout fails");
        step.setWait(false);
        step.setTimeout(3);
        step.setPropagate(false);
        step.setFailOnUnhealthy(true);
        return step;
    }

    private static GitOpsWaitStep waiting() {
        GitOpsWaitStep step = new GitOpsWaitStep("shop");
        step.setRevision("v1");
        step.setTimeout(5);
        return step;
    }

    private static GitOpsDiffStep diff() {
        GitOpsDiffStep step = new GitOpsDiffStep();
        step.setNamespace("web");
        step.setPath("deploy");
        step.setName("shop");
        step.setRevision("v1");
        step.setFailOnDrift(true);
        return step;
    }

    private static GitOpsRenderStep render() {
        GitOpsRenderStep step = new GitOpsRenderStep();
        step.setApplication("shop");
        step.setFile("all.yaml");
        return step;
    }

    @Test
    void everyArgumentIsWrittenAndReadBack() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(
                rollback(),
                "gitopsRollback application: 'shop', failOnUnhealthy: true, propagate: false, reason: 'checkout fails', "
                        + "timeout: 3, to: 7, wait: false");
        snippets.assertRoundTrip(waiting(), "gitopsWait application: 'shop', revision: 'v1', timeout: 5");
        snippets.assertRoundTrip(
                diff(), "gitopsDiff failOnDrift: true, name: 'shop', namespace: 'web', path: 'deploy', revision: 'v1'");
        snippets.assertRoundTrip(render(), "gitopsRender application: 'shop', file: 'all.yaml'");
    }

    @Test
    void defaultsAreLeftOut() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new GitOpsRollbackStep("shop"), "gitopsRollback 'shop'");
        snippets.assertRoundTrip(new GitOpsWaitStep("shop"), "gitopsWait 'shop'");
    }

    @Test
    void theFormsGiveBackWhatTheyWereGiven() throws Exception {
        StepConfigTester forms = new StepConfigTester(jenkins);
        for (Step step : List.of(
                rollback(),
                new GitOpsRollbackStep("shop"),
                waiting(),
                new GitOpsWaitStep("shop"),
                diff(),
                new GitOpsDiffStep(),
                render(),
                new GitOpsRenderStep())) {
            assertThat(forms.configRoundTrip(step)).usingRecursiveComparison().isEqualTo(step);
        }
    }

    @Test
    void theReferenceOfStepsCanBeWritten() throws Exception {
        SnippetizerTester.assertDocGeneration(GitOpsRollbackStep.class);
        SnippetizerTester.assertDocGeneration(GitOpsWaitStep.class);
        SnippetizerTester.assertDocGeneration(GitOpsDiffStep.class);
        SnippetizerTester.assertDocGeneration(GitOpsRenderStep.class);
    }
}
