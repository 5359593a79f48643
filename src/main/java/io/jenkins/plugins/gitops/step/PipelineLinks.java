package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.report.ApplicationBuildAction;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shows on a pipeline's build which builds of applications it asked for, as soon as they start. */
@Extension
public final class PipelineLinks extends RunListener<GitOpsRun> {
    private static final Logger LOGGER = Logger.getLogger(PipelineLinks.class.getName());

    @Override
    public void onStarted(@NonNull GitOpsRun run, TaskListener listener) {
        run.getCauses().stream()
                .filter(PipelineCause.class::isInstance)
                .map(cause -> ((PipelineCause) cause).getUpstreamRun())
                .filter(pipeline -> pipeline != null
                        && pipeline.getActions(ApplicationBuildAction.class).stream()
                                .noneMatch(link -> link.isOf(run)))
                .distinct()
                .forEach(pipeline -> link(pipeline, run));
    }

    private static void link(Run<?, ?> pipeline, GitOpsRun run) {
        pipeline.addAction(new ApplicationBuildAction(run));
        try {
            pipeline.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> pipeline + " does not show that it asked for " + run);
        }
    }
}
