package io.jenkins.plugins.gitops.engine.sync;

import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.plan.Plan;
import io.jenkins.plugins.gitops.engine.plan.Task;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps the inventory true through a sync: wide enough before the first apply, no wider than needed after the last prune, so
 * that a sync that ends anywhere in between loses no object (SEMANTICS 3).
 */
final class InventoryKeeper {
    private final Inventory inventory;
    private final Comparison comparison;
    private final Plan plan;

    InventoryKeeper(Inventory inventory, Comparison comparison, Plan plan) {
        this.inventory = inventory;
        this.comparison = comparison;
        this.plan = plan;
    }

    /** Records all that is there and all that is to come; writes nothing when that is recorded already. */
    void widen() {
        ApplySet recorded = comparison.recorded();
        ApplySet wide = wide();
        // After a rename the parent must tell people the new name.
        if (!wide.equals(recorded) || recorded.groupKinds().isEmpty() || recorded.hasFormerName()) {
            inventory.write(wide);
        }
    }

    /**
     * Records that a sync succeeded, and only what is still there: desired objects, and those that are ours and were not
     * pruned.
     *
     * @param prunedAreGone whether the end of the pruned objects was seen: one that a finalizer still holds must stay findable
     */
    void narrow(boolean prunedAreGone) {
        Set<ResourceKey> gone = plan.tasks().stream()
                .filter(task -> task.isPrune() && prunedAreGone)
                .map(Task::key)
                .collect(Collectors.toSet());
        ApplySet wide = wide();
        ApplySet narrow = comparison.warnings().isEmpty()
                ? holding(comparison.objects().stream()
                        .filter(object -> !gone.contains(object.key()))
                        .toList())
                // Something could not be listed; what it may hold must stay findable.
                : wide;
        // A part is no sync of the application: its first one is still to come.
        ApplySet synced = plan.isPartial()
                ? narrow
                : narrow.withHooks(wide.hooks().synced(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        if (!synced.equals(wide)) {
            inventory.write(synced);
        }
    }

    /** All that is there and all that is to come. */
    ApplySet wide() {
        ApplySet wide = comparison.recorded().widenedBy(holding(comparison.objects()));
        return wide.withHooks(wide.hooks()
                .with(
                        plan.hooks().stream()
                                .map(hook -> hook.key().groupKind())
                                .toList(),
                        plan.hooks().stream()
                                .map(hook -> hook.key().namespace())
                                .toList()));
    }

    private ApplySet holding(List<Compared> objects) {
        TreeSet<GroupKind> kinds = new TreeSet<>();
        TreeSet<String> namespaces = new TreeSet<>();
        for (Compared object : objects) {
            kinds.add(object.key().groupKind());
            namespaces.add(object.key().namespace());
        }
        return comparison.recorded().with(kinds, namespaces);
    }
}
