package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a sync may do (SEMANTICS 7).
 *
 * @param prune delete objects that are ours and no longer in Git
 * @param pruneNamespaces prune Namespaces too
 * @param pruneCustomResourceDefinitions prune CustomResourceDefinitions too, and with them all their instances
 * @param allowEmpty let an empty desired set prune everything
 * @param adopt take over objects and an inventory that another application tracks
 * @param applyAll apply objects that are in sync too
 * @param awaitHealth await health at the end
 * @param timeout how long health is awaited, for each wave
 */
public record SyncPolicy(
        boolean prune,
        boolean pruneNamespaces,
        boolean pruneCustomResourceDefinitions,
        boolean allowEmpty,
        boolean adopt,
        boolean applyAll,
        boolean awaitHealth,
        Duration timeout)
        implements Serializable {
    public static final SyncPolicy DEFAULT =
            new SyncPolicy(false, false, false, false, false, false, true, Duration.ofMinutes(10));

    public SyncPolicy withPrune(boolean value) {
        return new SyncPolicy(
                value,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout);
    }

    public SyncPolicy withAwaitHealth(boolean value) {
        return new SyncPolicy(
                prune, pruneNamespaces, pruneCustomResourceDefinitions, allowEmpty, adopt, applyAll, value, timeout);
    }

    public SyncPolicy withTimeout(Duration value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                value);
    }
}
