package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.CauseAction;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.cluster.Clusters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Schedules a build of an application, such as a sync, and waits for that very build. Nothing of the wait lives in memory: the context is stored
 * with the queue item and the build, and whoever ends it answers.
 */
final class ApplicationSyncExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ApplicationSyncExecution.class.getName());

    /** After a restart, lost builds are continued before that. */
    private static final int GRACE_SECONDS = 10;

    /** Builds of one application are serialised, so the awaited one is among the newest. */
    private static final int NEWEST = 20;

    private final ApplicationRequest request;

    /** Full name of the item that the argument meant when the step began. */
    private String application;

    /** That item's identity, which it keeps wherever it goes. */
    private String uuid;

    ApplicationSyncExecution(StepContext context, ApplicationRequest request) {
        super(context);
        this.request = request;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> pipeline = getContext().get(Run.class);
        GitOpsApplication item = NamedApplication.find(request.application(), pipeline.getParent());
        item.checkPermission(request.permission());
        if (!item.getClusterName().isEmpty()) {
            // A pipeline reaches through an application no cluster that its own folder may not use.
            Clusters.find(item.getClusterName(), pipeline.getParent());
        }
        application = item.getFullName();
        uuid = item.getUuid();
        log(request.announcement(ModelHyperlinkNote.encodeTo(item)));
        schedule(item, pipeline);
        if (request.isAwaited()) {
            return false;
        }
        getContext().onSuccess(null);
        return true;
    }

    private void schedule(GitOpsApplication item, Run<?, ?> pipeline) throws AbortException {
        List<Action> actions = new ArrayList<>(request.actions(item, pipeline));
        actions.add(new CauseAction(new PipelineCause(pipeline)));
        if (request.isAwaited()) {
            actions.add(new WaitingSteps(
                    new WaitingStep(getContext(), request.isPropagated(), request.isStrict(), request.isDiff())));
        }
        if (item.schedule(request.mode(), actions) == null) {
            throw new AbortException(Messages.ApplicationSyncExecution_Refused(item.getFullName()));
        }
    }

    // ---- abort

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        GitOpsApplication item = item();
        Optional<Queue.Item> queued = queued(item);
        Optional<GitOpsRun> running = running(item);
        Actionable place =
                queued.<Actionable>map(left -> left).or(() -> running).orElse(null);
        WaitingStep step =
                place == null ? null : WaitingSteps.of(place, getContext()).orElse(null);
        if (step == null) {
            super.stop(cause);
            return;
        }
        if (step.interruption() != null) {
            // Asked again. It is being stopped.
            return;
        }
        step.interrupt(cause);
        if (!WaitingSteps.isOnlyOne(place, step)) {
            WaitingSteps.remove(place, step);
            running.ifPresent(ApplicationSyncExecution::save);
            log(Messages.ApplicationSyncExecution_LeftRunning(application));
            super.stop(cause);
            return;
        }
        // Whoever ends the queue item or the build answers this step. An item that leaves the queue right now is
        // stopped when
        // its build begins.
        if (queued.isPresent() && Jenkins.get().getQueue().cancel(queued.get())) {
            return;
        }
        running.ifPresent(ApplicationSyncExecution::interrupt);
    }

    static void interrupt(GitOpsRun run) {
        Executor executor = run.getExecutor();
        if (executor != null) {
            executor.interrupt(Result.ABORTED, new PipelineAborted());
        }
    }

    private static void save(GitOpsRun run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save that nobody waits for " + run);
        }
    }

    // ---- restart

    @Override
    public void onResume() {
        Timer.get().schedule(this::resume, GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /** Answers when the build ended while Jenkins went down, and asks again when it was lost. */
    private void resume() {
        try {
            GitOpsApplication item = item();
            if (item == null) {
                throw new AbortException(Messages.ApplicationSyncExecution_Gone(application));
            }
            if (queued(item).isPresent()) {
                return;
            }
            Optional<GitOpsRun> build = running(item);
            if (build.filter(Run::isBuilding).isPresent()) {
                return;
            }
            if (build.filter(run -> !isLost(run)).isPresent()) {
                SyncWaiters.answer(build.get());
                return;
            }
            log(Messages.ApplicationSyncExecution_Again(ModelHyperlinkNote.encodeTo(item)));
            schedule(item, getContext().get(Run.class));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        }
    }

    private static boolean isLost(GitOpsRun run) {
        return run.getResult() == Result.ABORTED && run.getAction(InterruptedBuildAction.class) == null;
    }

    // ---- where it is

    private GitOpsApplication item() {
        return application == null ? null : NamedApplication.again(application, uuid);
    }

    private Optional<Queue.Item> queued(GitOpsApplication item) {
        return item == null
                ? Optional.empty()
                : Jenkins.get().getQueue().getItems(item).stream()
                        .filter(this::holdsMe)
                        .findFirst();
    }

    /** The build that this step waits for; it may have ended. */
    private Optional<GitOpsRun> running(GitOpsApplication item) {
        GitOpsRun run = item == null ? null : item.getLastBuild();
        for (int seen = 0; run != null && seen < NEWEST; seen++) {
            if (holdsMe(run)) {
                return Optional.of(run);
            }
            run = run.getPreviousBuild();
        }
        return Optional.empty();
    }

    private boolean holdsMe(Actionable place) {
        return WaitingSteps.of(place, getContext()).isPresent();
    }

    @Override
    public String getStatus() {
        GitOpsApplication item = item();
        return queued(item)
                .map(queued -> application + " is in the queue: " + queued.getWhy())
                .or(() -> running(item).map(run -> "waiting for " + run.getFullDisplayName()))
                .orElse("waiting for a sync of " + application);
    }

    private void log(String line) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(line);
    }
}
