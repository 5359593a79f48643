package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.List;

/**
 * Gives a mode to whatever enters the queue without one: triggers, core's build link, other jobs. Automatic applications are
 * synced. Manual and pinned ones are synced when a person or a pipeline asked for the build, and checked when a trigger did.
 */
@Extension
public final class ModeDecision extends Queue.QueueDecisionHandler {
    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        if (task instanceof GitOpsApplication application && actions.stream().noneMatch(ModeAction.class::isInstance)) {
            actions.add(new ModeAction(mode(application, actions)));
        }
        if (task instanceof GitOpsApplication application) {
            ApplicationWindows.mark(application, actions);
        }
        return true;
    }

    private static ReconcileMode mode(GitOpsApplication application, List<Action> actions) {
        boolean automatic = application.getSync().isAutomatic() && !new Pins(application).isPinned();
        return automatic || isAskedFor(actions) ? ReconcileMode.sync : ReconcileMode.check;
    }

    /** Whether a person, a pipeline or a remote call wants the build, and no trigger alone. */
    static boolean isAskedFor(List<? extends Action> actions) {
        return actions.stream()
                .filter(CauseAction.class::isInstance)
                .flatMap(action -> ((CauseAction) action).getCauses().stream())
                .anyMatch(ModeDecision::isRequest);
    }

    /** Whether a person or a program asked. An upstream trigger's cause is {@link Cause.UpstreamCause} itself; a pipeline that asks has one of its own. */
    static boolean isRequest(Cause cause) {
        return cause instanceof Cause.UserIdCause
                || cause instanceof Cause.RemoteCause
                || (cause instanceof Cause.UpstreamCause && cause.getClass() != Cause.UpstreamCause.class);
    }
}
