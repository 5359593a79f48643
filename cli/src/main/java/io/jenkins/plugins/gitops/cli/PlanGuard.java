package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.plan.SavedPlan;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets a sync go on only while a saved plan holds, or says what no longer does and lets it go on all the same. */
final class PlanGuard implements Consumer<PlanReport> {
    private final Console console;
    private final SavedPlan saved;
    private final boolean replan;
    private Consumer<String> replanned = what -> {};
    private boolean passed;
    private PlanReport instead;

    PlanGuard(Console console, SavedPlan saved, boolean replan) {
        this.console = console;
        this.saved = saved;
        this.replan = replan;
    }

    /** @param listener told, before anything is written, what no longer holds when another plan is carried out */
    void onReplanned(Consumer<String> listener) {
        replanned = listener;
    }

    @Override
    public void accept(PlanReport now) {
        if (passed && replan) {
            return;
        }
        List<String> departures = saved.departures(now);
        if (departures.isEmpty()) {
            passed = true;
            return;
        }
        String what = "the plan of " + saved.where() + " no longer holds:\n  " + String.join("\n  ", departures);
        if (replan) {
            passed = true;
            console.err().println(console.errorStyle().yellow("Planned again: ") + what);
            replanned.accept(what);
            return;
        }
        if (!passed) {
            instead = now;
        }
        throw new RefusedException(what);
    }

    /** What would be done now, when the saved plan did not hold and nothing was written. */
    Optional<PlanReport> instead() {
        return Optional.ofNullable(instead);
    }
}
