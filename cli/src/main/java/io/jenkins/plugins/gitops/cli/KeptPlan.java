package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the plan that is carried out, for the history; of a sync that was tried several times that of the last try. */
final class KeptPlan implements Consumer<PlanReport> {
    private final Optional<PlanGuard> guard;
    private PlanReport plan;

    /** @param guard looks at each plan first, and may keep it from being carried out */
    KeptPlan(Optional<PlanGuard> guard) {
        this.guard = guard;
    }

    @Override
    public void accept(PlanReport shown) {
        guard.ifPresent(asked -> asked.accept(shown));
        plan = shown;
    }

    /** Empty when nothing came so far as to be planned. */
    Optional<PlanReport> plan() {
        return Optional.ofNullable(plan);
    }
}
