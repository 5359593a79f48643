package io.jenkins.plugins.gitops.reconcile;

import java.util.Optional;

/** A run was aborted; it carries what was done until then, as far as the node could still say it. */
public final class ReconcileInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private final ReconcileOutcome outcome;

    ReconcileInterruptedException(ReconcileOutcome outcome) {
        this.outcome = outcome;
    }

    public Optional<ReconcileOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}
