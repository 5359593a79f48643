package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.plugins.git.GitSampleRepoRule;
import jenkins.plugins.git.junit.jupiter.WithGitSampleRepo;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** More applications than executors: each takes its turn, and whoever looks meanwhile is answered. */
@WithCluster
@WithJenkins
@WithGitSampleRepo
class ManyApplicationsTest {
    private static final int APPLICATIONS = 50;

    @Test
    void fiftyQueuedSyncsAllEndOnTwoExecutorsAndPagesAnswerMeanwhile(
            JenkinsRule jenkins, GitSampleRepoRule git, TestNamespace namespace) throws Exception {
        Applications applications = new Applications(jenkins, git, namespace);
        List<GitOpsApplication> all = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            git.write("apps/" + i + "/settings.yaml", """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: settings-%d}
                    """.formatted(i));
        }
        git.git("add", "apps");
        git.git("commit", "--message=applications");
        jenkins.jenkins.setNumExecutors(0);
        for (int i = 0; i < APPLICATIONS; i++) {
            GitOpsApplication application = applications.create("app-" + i);
            application.setSource(new SourceSettings("apps/" + i));
            application.scheduleSync(new Cause.UserIdCause());
            application.scheduleCheck(new CheckTrigger.CheckCause());
            all.add(application);
        }
        assertThat(jenkins.jenkins.getQueue().getItems()).hasSize(APPLICATIONS);

        jenkins.jenkins.setNumExecutors(2);
        HttpClient http = HttpClient.newHttpClient();
        while (!jenkins.jenkins.getQueue().isEmpty()) {
            for (String page : List.of("", "queue/api/json", "job/app-7/", "job/app-7/drift/api/json")) {
                long start = System.nanoTime();
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + page))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(page).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(page).isLessThan(Duration.ofSeconds(15));
            }
            Thread.sleep(500);
        }
        jenkins.waitUntilNoActivityUpTo(60_000);

        for (GitOpsApplication application : all) {
            jenkins.assertBuildStatus(Result.SUCCESS, application.getLastBuild());
            assertThat(application.getLastBuild().getNumber())
                    .as("the check was folded into the sync")
                    .isEqualTo(1);
        }
        assertThat(namespace
                        .kubectl("get", "configmaps", "-o", "name")
                        .lines()
                        .filter(name -> name.contains("/settings-")))
                .hasSize(APPLICATIONS);
    }
}
