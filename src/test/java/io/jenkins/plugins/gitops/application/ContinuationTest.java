package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.InterruptedBuildAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ContinuationTest {
    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    /** What a build that was killed with the controller left on disk: no result, and its intent. */
    private static void loseBuild(GitOpsApplication application) throws Exception {
        Path folder = application.getRootDir().toPath().resolve("builds/1");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("build.xml"), """
                <?xml version='1.1' encoding='UTF-8'?>
                <gitops-build>
                  <actions/>
                  <timestamp>1700000000000</timestamp>
                  <startTime>1700000000000</startTime>
                  <mode>sync</mode>
                  <revision>0123456789012345678901234567890123456789</revision>
                  <node></node>
                  <writing>true</writing>
                </gitops-build>
                """);
        application.state().update(state -> state.withUnfinished(1));
    }

    @Test
    void aBuildThatWasLostWhileItWroteIsContinuedOnce() throws Throwable {
        session.then(jenkins -> loseBuild(jenkins.createProject(GitOpsApplication.class, "shop")));
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.waitUntilNoActivityUpTo(60_000);
            assertThat(shop.getBuildByNumber(1).getResult()).isEqualTo(Result.ABORTED);
            GitOpsRun next = shop.getBuildByNumber(2);
            assertThat(next.getCause(ContinuationCause.class).getBuild()).isEqualTo(1);
            assertThat(shop.getLastBuild().getNumber()).isEqualTo(2);
        });
    }

    @Test
    void aLostBuildIsContinuedWithItsParametersAndWhatWasApproved() throws Throwable {
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.createProject(GitOpsApplication.class, "shop");
            shop.addProperty(
                    new ParametersDefinitionProperty(new StringParameterDefinition("BRANCH", "main", "what is built")));
            loseBuild(shop);
            jenkins.jenkins.reload();
            shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.jenkins.getQueue().clear();
            GitOpsRun run = shop.getBuildByNumber(1);
            run.addAction(new ParametersAction(new StringParameterValue("BRANCH", "release")));
            run.addAction(new Approval(List.of("ConfigMap shop/old"), "ada", "it moved"));
            run.save();
        });
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.waitUntilNoActivityUpTo(60_000);
            GitOpsRun next = shop.getBuildByNumber(2);
            assertThat(next.getAction(ParametersAction.class)
                            .getParameter("BRANCH")
                            .getValue())
                    .isEqualTo("release");
            assertThat(next.getAction(Approval.class).getObjects()).containsExactly("ConfigMap shop/old");
        });
    }

    @Test
    void aLostDeletionIsContinuedAsADeletion() throws Throwable {
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.createProject(GitOpsApplication.class, "shop");
            loseBuild(shop);
            Path file = shop.getRootDir().toPath().resolve("builds/1/build.xml");
            Files.writeString(file, Files.readString(file).replace("<actions/>", """
                    <actions>
                      <io.jenkins.plugins.gitops.application.RemovalAction>
                        <keepObjects>true</keepObjects>
                      </io.jenkins.plugins.gitops.application.RemovalAction>
                    </actions>"""));
        });
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.waitUntilNoActivityUpTo(60_000);
            GitOpsRun next = shop.getBuildByNumber(2);
            assertThat(next.getCause(ContinuationCause.class).getBuild()).isEqualTo(1);
            assertThat(next.getAction(RemovalAction.class).keepsObjects()).isTrue();
        });
    }

    @Test
    void whatSomebodyAbortedIsNotContinued() throws Throwable {
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.createProject(GitOpsApplication.class, "shop");
            loseBuild(shop);
            jenkins.jenkins.reload();
            shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.jenkins.getQueue().clear();
            GitOpsRun run = shop.getBuildByNumber(1);
            run.addAction(new InterruptedBuildAction(List.of()));
            run.save();
        });
        session.then(jenkins -> {
            GitOpsApplication shop = jenkins.jenkins.getItemByFullName("shop", GitOpsApplication.class);
            jenkins.waitUntilNoActivityUpTo(60_000);
            assertThat(shop.getLastBuild().getNumber()).isEqualTo(1);
        });
    }
}
