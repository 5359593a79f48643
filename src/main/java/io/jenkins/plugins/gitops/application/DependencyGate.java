package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Computer;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a sync in the queue until what its application depends on is ready (SEMANTICS 8): it takes no executor meanwhile. What must
 * not wait, such as a rollback or the continuation of what was lost, does not; nor does what can never become ready, which its build
 * tells.
 *
 * <p>The queue asks under its lock, so the looking is done by another thread, and the queue is told when that is over.
 */
@Extension
public final class DependencyGate extends QueueTaskDispatcher {
    private final Map<Long, DependencyLook> looks = new ConcurrentHashMap<>();

    @CheckForNull
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof GitOpsApplication application)
                || !waits(application, item.getAllActions())
                || isClosed(application, item)) {
            return null;
        }
        DependencyLook look = looks.compute(
                item.getId(),
                (id, known) -> known == null || known.isOutdated() ? new DependencyLook(application) : known);
        look.refresh(Computer.threadPoolForRemoting);
        return look.missing().<CauseOfBlockage>map(Waiting::new).orElse(null);
    }

    /** Where a window keeps it anyway, nobody need look. */
    private static boolean isClosed(GitOpsApplication application, Queue.Item item) {
        return !ModeDecision.isAskedFor(item.getAllActions())
                && new ApplicationWindows(application).refusal(false).isPresent();
    }

    /** Whether this is a sync that others come before. */
    static boolean waits(GitOpsApplication application, List<? extends Action> actions) {
        if (application.getDependsOn().isEmpty()) {
            return false;
        }
        boolean sync = actions.stream()
                .anyMatch(action -> action instanceof ModeAction mode && mode.getMode() == ReconcileMode.sync);
        boolean urgent = actions.stream()
                .anyMatch(action -> action instanceof RemovalAction
                        || action instanceof FormerDestination
                        || action instanceof RollbackRequest
                        || action instanceof hudson.model.CauseAction causes
                                && causes.getCauses().stream().anyMatch(ContinuationCause.class::isInstance));
        return sync && !urgent;
    }

    /** What the queue shows. */
    private static final class Waiting extends CauseOfBlockage {
        private final String why;

        Waiting(String why) {
            this.why = why;
        }

        @Override
        public String getShortDescription() {
            return Messages.DependencyGate_Waits(why);
        }
    }

    /** Forgets what was looked at for a sync that began, or was cancelled. */
    @Extension
    public static final class Forget extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            Optional.ofNullable(ExtensionList.lookup(QueueTaskDispatcher.class).get(DependencyGate.class))
                    .ifPresent(gate -> gate.looks.remove(item.getId()));
        }
    }
}
