package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Selection;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How one sync is carried out, beside the application's policy.
 *
 * @param dryRun everything but the writes
 * @param purpose decides whether hooks run
 * @param selection the part that is synced
 * @param approved what may be done although it must be confirmed, by the names of its objects
 * @param newerRevision asked while a failed sync waits to be tried again, between its waves, and while any sync
 *     waits for health: the revision that Git has by
 *     now, when it is another one. May take a moment; what it throws ends the sync
 * @param planCheck shown the plan of each try right before it is carried out, of the very comparison that is then executed; keeps
 *     it from being carried out by throwing a {@link RefusedException}. The plan is the whole one, whatever the selection
 * @param manual whether somebody asked for it by hand, for sync windows that let such a sync through; false for whatever a
 *     schedule, a trigger or a watch begins. Going back to an earlier state is always asked for
 * @param preflight ask the cluster before the first write whether it takes every object that is missing (SEMANTICS 7); a dry run
 *     always does
 */
public record SyncOptions(
        boolean dryRun,
        SyncPurpose purpose,
        Selection selection,
        List<KeyPattern> approved,
        Supplier<Optional<String>> newerRevision,
        Optional<Consumer<PlanReport>> planCheck,
        boolean manual,
        boolean preflight) {
    public static final SyncOptions DEFAULT = new SyncOptions(false);

    public SyncOptions {
        approved = List.copyOf(approved);
        manual = manual || purpose == SyncPurpose.rollback;
        preflight = preflight || dryRun;
    }

    /** For a sync that was asked for. */
    public SyncOptions(boolean dryRun) {
        this(dryRun, SyncPurpose.sync);
    }

    public SyncOptions(boolean dryRun, SyncPurpose purpose) {
        this(dryRun, purpose, Selection.ALL, List.of(), Optional::empty, Optional.empty(), false, true);
    }

    public SyncOptions withSelection(Selection other) {
        return new SyncOptions(dryRun, purpose, other, approved, newerRevision, planCheck, manual, preflight);
    }

    public SyncOptions withApproved(List<KeyPattern> other) {
        return new SyncOptions(dryRun, purpose, selection, other, newerRevision, planCheck, manual, preflight);
    }

    public SyncOptions withNewerRevision(Supplier<Optional<String>> other) {
        return new SyncOptions(dryRun, purpose, selection, approved, other, planCheck, manual, preflight);
    }

    public SyncOptions withPlanCheck(Consumer<PlanReport> other) {
        return new SyncOptions(
                dryRun, purpose, selection, approved, newerRevision, Optional.of(other), manual, preflight);
    }

    public SyncOptions withManual(boolean other) {
        return new SyncOptions(dryRun, purpose, selection, approved, newerRevision, planCheck, other, preflight);
    }

    public SyncOptions withPreflight(boolean other) {
        return new SyncOptions(dryRun, purpose, selection, approved, newerRevision, planCheck, manual, other);
    }

    public boolean approves(ResourceKey key) {
        return approved.stream().anyMatch(pattern -> pattern.matches(key));
    }
}
