package io.jenkins.plugins.gitops.step;

import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.queue.FoldableAction;
import io.jenkins.plugins.gitops.application.AwaitedAction;
import io.jenkins.plugins.gitops.application.ContinuationCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The pipeline steps that wait for a sync. It goes from the queue item to the build, and to the build that continues it after
 * a crash; two requests that become one queue item are answered by one build.
 *
 * <p>The list is replaced, never changed, so that a build can be saved while a step joins or leaves.
 */
final class WaitingSteps extends InvisibleAction implements FoldableAction, AwaitedAction {
    private volatile ArrayList<WaitingStep> steps;

    WaitingSteps(WaitingStep step) {
        steps = new ArrayList<>(List.of(step));
    }

    /** Those that wait for a queue item or a build. */
    static List<WaitingStep> of(Actionable place) {
        return place.getActions(WaitingSteps.class).stream()
                .flatMap(waiting -> waiting.steps.stream())
                .toList();
    }

    static Optional<WaitingStep> of(Actionable place, StepContext context) {
        return of(place).stream().filter(step -> step.context().equals(context)).findFirst();
    }

    static void remove(Actionable place, WaitingStep step) {
        place.getActions(WaitingSteps.class).forEach(waiting -> waiting.remove(step));
    }

    /**
     * Whether the sync may be stopped when that step is: nobody else waits for it, and nothing but pipelines asked for it. A
     * commit that came meanwhile, or a person, did not ask for less because a pipeline was aborted.
     */
    static boolean isOnlyOne(Actionable place, WaitingStep step) {
        boolean others = of(place).stream().anyMatch(other -> other != step && other.interruption() == null);
        boolean wanted = place.getActions(CauseAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .anyMatch(WaitingSteps::isAnotherReason);
        return !others && !wanted;
    }

    private static boolean isAnotherReason(Cause cause) {
        return !(cause instanceof PipelineCause || cause instanceof ContinuationCause);
    }

    @Override
    public void foldIntoExisting(Queue.Item item, Queue.Task owner, List<Action> others) {
        WaitingSteps existing = item.getAction(WaitingSteps.class);
        if (existing == null) {
            item.addAction(this);
        } else {
            existing.add(steps);
        }
    }

    private synchronized void add(List<WaitingStep> more) {
        ArrayList<WaitingStep> all = new ArrayList<>(steps);
        all.addAll(more);
        steps = all;
    }

    private synchronized void remove(WaitingStep step) {
        ArrayList<WaitingStep> rest = new ArrayList<>(steps);
        rest.remove(step);
        steps = rest;
    }
}
