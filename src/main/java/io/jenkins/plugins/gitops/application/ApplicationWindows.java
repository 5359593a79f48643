package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * When an application may be synced (SEMANTICS 8). A sync that nobody asked for waits in the queue until a window lets it begin; one
 * that somebody asked for begins, and is refused by its build where no window lets it through.
 */
final class ApplicationWindows {
    private final GitOpsApplication application;

    ApplicationWindows(GitOpsApplication application) {
        this.application = application;
    }

    /** @param manual whether somebody asks for it */
    Optional<String> refusal(boolean manual) {
        if (application.getSync().getWindows().isEmpty()) {
            return Optional.empty();
        }
        try {
            return SyncWindows.of(application.toEngineApplication()).refusal(Instant.now(), manual);
        } catch (IllegalArgumentException e) {
            // A window that cannot be read blocks: somebody wanted something to be kept from happening.
            return Optional.of(Messages.ApplicationWindows_Wrong(application.getFullName(), e.getMessage()));
        }
    }

    /** Holds syncs back until the opening: the queue asks again every few seconds. */
    @Extension
    public static final class Gate extends QueueTaskDispatcher {
        @CheckForNull
        @Override
        public CauseOfBlockage canRun(Queue.Item item) {
            if (!(item.task instanceof GitOpsApplication application) || !isHeld(item.getAllActions())) {
                return null;
            }
            return new ApplicationWindows(application)
                    .refusal(false)
                    .<CauseOfBlockage>map(Closed::new)
                    .orElse(null);
        }
    }

    /** What a window may hold back: a sync of what Git has, by itself. */
    private static boolean isHeld(List<? extends Action> actions) {
        boolean sync = actions.stream()
                .anyMatch(action -> action instanceof ModeAction mode && mode.getMode() == ReconcileMode.sync);
        boolean other = actions.stream()
                .anyMatch(action -> action instanceof RemovalAction
                        || action instanceof FormerDestination
                        || action instanceof RollbackRequest);
        return sync && !other && !ModeDecision.isAskedFor(actions);
    }

    /** What the queue shows. */
    private static final class Closed extends CauseOfBlockage {
        private final String why;

        Closed(String why) {
            this.why = why;
        }

        @Override
        public String getShortDescription() {
            return why;
        }
    }

    /** Marks a sync that will wait for a window, or may have to wait for other applications. */
    static void mark(GitOpsApplication application, List<Action> actions) {
        boolean closed = isHeld(actions)
                && new ApplicationWindows(application).refusal(false).isPresent();
        if (closed || DependencyGate.waits(application, actions)) {
            actions.add(new Held());
        }
    }

    /** A check is not swallowed by a sync that may begin in days only. */
    static final class Held extends InvisibleAction implements Queue.QueueAction {
        @Override
        public boolean shouldSchedule(List<Action> others) {
            return others.stream()
                    .anyMatch(other -> other instanceof ModeAction mode && mode.getMode() == ReconcileMode.check);
        }
    }

    /** Says on the application's page until when syncs wait. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Banner extends InvisibleAction {
        private final GitOpsApplication application;

        Banner(GitOpsApplication application) {
            this.application = application;
        }

        /** Empty when they do not. */
        @Exported(name = "syncsWait")
        public String getWords() {
            return application.getSync().isAutomatic()
                    ? new ApplicationWindows(application).refusal(false).orElse("")
                    : "";
        }
    }

    /** Gives every application that banner. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsApplication> {
        @Override
        public Class<GitOpsApplication> type() {
            return GitOpsApplication.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
            return application.getSync().getWindows().isEmpty() ? List.of() : List.of(new Banner(application));
        }
    }
}
