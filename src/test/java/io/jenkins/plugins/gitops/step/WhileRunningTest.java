package io.jenkins.plugins.gitops.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.engine.cluster.TestNamespace;
import io.jenkins.plugins.gitops.engine.cluster.WithCluster;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An application is copied, renamed, moved and deleted while it syncs and a pipeline waits for that. */
@WithJenkins
@WithCluster
class WhileRunningTest {
    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private TestNamespace namespace;
    private Site site;
    private GitOpsApplication shop;

    @Test
    void copyRenameMoveAndDelete(JenkinsRule rule, TestNamespace own) throws Throwable {
        jenkins = rule;
        namespace = own;
        site = new Site(rule, own, folder).cluster();
        site.commit(Site.STUCK);
        shop = site.application("shop");
        String uuid = shop.getUuid();
        Folder team = jenkins.createProject(Folder.class, "team");

        WorkflowRun first = begin("first", "shop");
        GitOpsRun sync = shop.getLastBuild();
        GitOpsApplication copy = jenkins.jenkins.copy(shop, "copy");
        assertThat(copy.getUuid()).isNotEqualTo(uuid);
        assertThat(copy.getBuilds()).isEmpty();
        assertThat(rename("other")).isEqualTo(400);
        Items.move(shop, team);
        assertThat(shop.getFullName()).isEqualTo("team/shop");
        namespace.kubectl(
                "patch",
                "deployment/web",
                "--type=merge",
                "-p",
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{"
                        + "\"testcluster.gitops.jenkins.io/behaviour\":\"run\"}}}}}");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        jenkins.assertLogContains("got SUCCESS", first);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(sync));
        assertThat(shop.getUuid()).isEqualTo(uuid);
        assertThat(shop.getLastSyncedRevision()).isEqualTo(sync.getRevision());
        assertThat(sync.getRootDir().toPath()).startsWith(team.getRootDir().toPath());
        assertThat(sync.getRootDir().toPath().resolve("gitops/sync.json")).exists();

        WorkflowRun second = begin("second", "/team/shop");
        sync = shop.getLastBuild();
        Items.move(shop, jenkins.jenkins);
        second.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(second));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(sync));

        WorkflowRun third = begin("third", "/shop");
        sync = shop.getLastBuild();
        long delete = System.nanoTime();
        shop.delete();
        assertThat(Duration.ofNanos(System.nanoTime() - delete)).isLessThan(Duration.ofSeconds(10));
        assertThat(jenkins.jenkins.getItem("shop")).isNull();
        assertThat(shop.getRootDir()).doesNotExist();
        assertThat(sync.isBuilding()).isFalse();
        jenkins.waitForCompletion(third);
        assertThat(third.getResult()).as(JenkinsRule.getLog(third)).isIn(Result.ABORTED, Result.FAILURE);
        jenkins.assertLogContains("shop", third);
        assertThat(namespace.exists("deployment/web")).isTrue();
        jenkins.waitUntilNoActivityUpTo(60_000);
    }

    /** A pipeline waits for a sync that goes on until its Deployment is well. */
    private WorkflowRun begin(String pipeline, String application) throws Exception {
        if (namespace.exists("deployment/web")) {
            namespace.kubectl("delete", "deployment/web", "--wait=true");
        }
        WorkflowRun run = site.pipeline(
                        jenkins.jenkins,
                        pipeline,
                        "echo 'got ' + gitopsSync(application: '" + application + "').result")
                .scheduleBuild2(0)
                .waitForStart();
        namespace.await("the sync writes", Duration.ofSeconds(60), () -> namespace.exists("deployment/web"));
        jenkins.waitForMessage("is Progressing", shop.getLastBuild());
        return run;
    }

    private int rename(String name) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), shop.getUrl() + "confirmRename?newName=" + name), HttpMethod.POST);
            client.addCrumb(request);
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
