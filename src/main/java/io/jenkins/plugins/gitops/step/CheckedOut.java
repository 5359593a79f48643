package io.jenkins.plugins.gitops.step;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.Revision;
import hudson.plugins.git.util.BuildData;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a pipeline has checked out, as far as it can be told. */
final class CheckedOut {
    private CheckedOut() {}

    /**
     * The variable that Declarative and many scripts set; else what this build checked out, where it checked out one commit
     * only.
     *
     * @return a full commit id, or empty
     */
    static String revision(StepContext context) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        String variable = environment == null ? null : environment.get(GitSCM.GIT_COMMIT);
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        Run<?, ?> run = context.get(Run.class);
        List<String> commits = run.getActions(BuildData.class).stream()
                .map(BuildData::getLastBuiltRevision)
                .filter(Objects::nonNull)
                .map(Revision::getSha1String)
                .distinct()
                .toList();
        return commits.size() == 1 ? commits.get(0) : "";
    }
}
