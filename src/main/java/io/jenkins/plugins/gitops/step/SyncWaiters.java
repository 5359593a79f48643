package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Answers the steps that wait for a sync: when its build ends, is deleted, or never begins. */
@Extension
public final class SyncWaiters extends RunListener<GitOpsRun> {
    private static final Logger LOGGER = Logger.getLogger(SyncWaiters.class.getName());

    @Override
    public void onStarted(GitOpsRun run, TaskListener listener) {
        List<WaitingStep> steps = WaitingSteps.of(run);
        for (WaitingStep step : steps) {
            log(
                    step.context(),
                    Messages.SyncWaiters_Started(
                            ModelHyperlinkNote.encodeTo("/" + run.getUrl(), run.getFullDisplayName())));
        }
        if (steps.stream().anyMatch(step -> step.interruption() != null && WaitingSteps.isOnlyOne(run, step))) {
            ApplicationSyncExecution.interrupt(run);
        }
    }

    /** A build that ends because Jenkins does is not the answer: the step asks again when it is resumed. */
    @Override
    public void onFinalized(GitOpsRun run) {
        if (!Jenkins.get().isTerminating()) {
            answer(run);
        }
    }

    static void answer(GitOpsRun run) {
        List<WaitingStep> steps = WaitingSteps.of(run);
        if (steps.isEmpty()) {
            return;
        }
        for (WaitingStep step : steps) {
            answer(step, run, step.isDiff() ? differences(run) : result(run));
        }
        run.removeActions(WaitingSteps.class);
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save that nobody waits for " + run);
        }
    }

    private static void answer(WaitingStep step, GitOpsRun run, StepOutcome result) {
        StepContext context = step.context();
        log(context, result.toString());
        if (step.interruption() != null) {
            context.onFailure(step.interruption());
        } else {
            step.answer(result, run);
        }
    }

    private static DiffResult differences(GitOpsRun run) {
        String name = run.getParent().getFullName();
        try {
            return new DiffResult(name, run.getUrl(), "", run.getRevision(), Reports.drift(run));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read the reports of " + run);
            return new DiffResult(name, run.getUrl(), e.getMessage(), run.getRevision(), Optional.empty());
        }
    }

    private static SyncResult result(GitOpsRun run) {
        Result known = run.getResult();
        Result result = known == null ? Result.FAILURE : known;
        String name = run.getParent().getFullName();
        try {
            return new SyncResult(
                    name, run.getUrl(), result, "", run.getRevision(), Reports.drift(run), Reports.sync(run));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read the reports of " + run);
            return new SyncResult(
                    name, run.getUrl(), result, e.getMessage(), run.getRevision(), Optional.empty(), Optional.empty());
        }
    }

    @Override
    public void onDeleted(GitOpsRun run) {
        for (WaitingStep step : WaitingSteps.of(run)) {
            // Off the thread that deletes: it may hold locks that the pipeline wants.
            Timer.get()
                    .submit(() -> step.context()
                            .onFailure(new AbortException(Messages.SyncWaiters_Deleted(run.getFullDisplayName()))));
        }
    }

    private static void log(StepContext context, String line) {
        try {
            TaskListener listener = context.get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the pipeline that waits has no log: " + line);
        }
    }

    /** Answers when the build never begins. */
    @Extension
    public static final class Cancelled extends QueueListener {
        @Override
        public void onLeft(@NonNull Queue.LeftItem item) {
            if (!item.isCancelled()) {
                return;
            }
            for (WaitingStep step : WaitingSteps.of(item)) {
                Throwable interruption = step.interruption();
                step.context()
                        .onFailure(
                                interruption != null
                                        ? interruption
                                        : new AbortException(
                                                Messages.SyncWaiters_Cancelled(item.task.getFullDisplayName())));
            }
        }
    }
}
