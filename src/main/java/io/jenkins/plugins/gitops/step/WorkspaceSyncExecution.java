package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.reconcile.ApplicationLocks;
import io.jenkins.plugins.gitops.reconcile.ReconcileExecution;
import io.jenkins.plugins.gitops.reconcile.ReconcileInterruptedException;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import io.jenkins.plugins.gitops.reconcile.Undisturbed;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Syncs manifests of the workspace, on its node, in a thread of its own: the pipeline's thread only starts and stops it. After
 * a restart it syncs again, for a sync converges from wherever the last one was stopped.
 */
final class WorkspaceSyncExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(WorkspaceSyncExecution.class.getName());
    private static final int AGENT_PATIENCE_MINUTES = 5;
    private static final int AGENT_PAUSE_SECONDS = 2;

    private final SyncArguments arguments;
    private transient Thread thread;
    private Throwable stopCause;

    WorkspaceSyncExecution(StepContext context, SyncArguments arguments) {
        super(context);
        this.arguments = arguments;
    }

    @Override
    public boolean start() throws Exception {
        if (getContext().get(FilePath.class) == null) {
            throw new AbortException(Messages.WorkspaceSyncExecution_NoWorkspace());
        }
        StepThreads.submit(this::run);
        return false;
    }

    @Override
    public void onResume() {
        StepThreads.submit(this::resume);
    }

    @Override
    public synchronized void stop(@NonNull Throwable cause) {
        if (stopCause == null) {
            stopCause = cause;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    @Override
    public synchronized boolean blocksRestart() {
        return thread != null;
    }

    @Override
    public String getStatus() {
        return "syncing with cluster " + arguments.cluster;
    }

    private synchronized void enter() throws InterruptedException {
        if (stopCause != null) {
            throw new InterruptedException();
        }
        thread = Thread.currentThread();
    }

    /** From here on the thread is not interrupted any more. */
    private synchronized Throwable leave() {
        thread = null;
        Thread.interrupted();
        return stopCause;
    }

    private void run(StepThreads.Working working) {
        work(working, () -> sync(getContext().get(FilePath.class)));
    }

    private void resume(StepThreads.Working working) {
        work(working, () -> {
            FilePath workspace = awaitWorkspace();
            listener().getLogger().println(Messages.WorkspaceSyncExecution_Again());
            return sync(workspace);
        });
    }

    private interface Work {
        SyncResult run() throws IOException, InterruptedException;
    }

    private void work(StepThreads.Working working, Work work) {
        SyncResult result = null;
        Throwable failure = null;
        try {
            enter();
            result = work.run();
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            // Whatever it was, the pipeline must not wait for ever.
            failure = e;
        }
        Throwable stopped = leave();
        if (working.isCutShort()
                || Jenkins.getInstanceOrNull() == null
                || Jenkins.get().isTerminating()) {
            return;
        }
        if (stopped != null) {
            if (failure != null && !(failure instanceof InterruptedException)) {
                stopped.addSuppressed(failure);
                LOGGER.log(
                        Level.WARNING, failure, () -> "a sync ended otherwise than by the abort that it was asked for");
            }
            getContext().onFailure(stopped);
        } else if (failure != null) {
            getContext().onFailure(failure);
        } else {
            answer(result);
        }
    }

    private void answer(SyncResult result) {
        try {
            listener().getLogger().println(result);
            new StepAnswer(getContext(), arguments.propagate, arguments.failOnUnhealthy)
                    .give(result, getContext().get(Run.class));
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    private SyncResult sync(FilePath workspace) throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Job<?, ?> pipeline = run.getParent();
        WorkspaceApplication application = WorkspaceApplication.of(arguments.target(), arguments.policy(), pipeline);
        application.requireNode(getContext().get(Node.class));
        String revision = arguments.revision != null ? arguments.revision : CheckedOut.revision(getContext());
        ReconcileRequest request;
        ReconcileOutcome outcome;
        try (ApplicationLocks.Held held =
                ApplicationLocks.get().acquire(application.application(), run.getFullDisplayName(), listener())) {
            request = application.request(arguments.mode(), revision);
            outcome = new ReconcileExecution(request, listener()).run(workspace);
            keep(run, application, outcome);
        } catch (ReconcileInterruptedException e) {
            if (e.outcome().isPresent()) {
                ReconcileOutcome done = e.outcome().get();
                Undisturbed.write(() -> keep(run, application, done));
            }
            throw e;
        }
        return new SyncResult(
                request.application().name(),
                run.getUrl(),
                outcome.result(),
                outcome.error(),
                revision,
                outcome.drift(),
                outcome.sync());
    }

    private static void keep(Run<?, ?> run, WorkspaceApplication application, ReconcileOutcome outcome)
            throws IOException {
        Reports.attach(run, outcome);
        if (outcome.observationsJson() != null) {
            application.observations().write(outcome.observationsJson());
        }
    }

    private TaskListener listener() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class);
    }

    /** The agent connects again some time after the controller came up. */
    private FilePath awaitWorkspace() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(AGENT_PATIENCE_MINUTES);
        while (true) {
            try {
                FilePath workspace = getContext().get(FilePath.class);
                if (workspace != null) {
                    return workspace;
                }
            } catch (IOException offline) {
                if (System.nanoTime() > end) {
                    throw offline;
                }
            }
            if (System.nanoTime() > end) {
                throw new AbortException(Messages.WorkspaceSyncExecution_NoWorkspace());
            }
            TimeUnit.SECONDS.sleep(AGENT_PAUSE_SECONDS);
        }
    }
}
