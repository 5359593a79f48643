package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

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
 * @param options sync options of every object that does not say otherwise itself, such as {@code Prune=confirm}
 *     ({@link ObjectOptions})
 * @param retry what happens after a failure that may pass
 * @param lock hold a Lease while syncing, so that no second controller syncs the application at the same time
 * @param hooks which syncs run hooks
 */
public record SyncPolicy(
        boolean prune,
        boolean pruneNamespaces,
        boolean pruneCustomResourceDefinitions,
        boolean allowEmpty,
        boolean adopt,
        boolean applyAll,
        boolean awaitHealth,
        Duration timeout,
        List<String> options,
        RetryPolicy retry,
        boolean lock,
        HookPolicy hooks)
        implements Serializable {
    public static final SyncPolicy DEFAULT =
            new SyncPolicy(false, false, false, false, false, false, true, Duration.ofMinutes(10));

    public SyncPolicy {
        options = List.copyOf(options);
    }

    /** One without options, with the default retries and hooks, and locked. */
    public SyncPolicy(
            boolean prune,
            boolean pruneNamespaces,
            boolean pruneCustomResourceDefinitions,
            boolean allowEmpty,
            boolean adopt,
            boolean applyAll,
            boolean awaitHealth,
            Duration timeout) {
        this(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                List.of(),
                RetryPolicy.DEFAULT,
                true,
                HookPolicy.DEFAULT);
    }

    public SyncPolicy withPrune(boolean value) {
        return new SyncPolicy(
                value,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                options,
                retry,
                lock,
                hooks);
    }

    public SyncPolicy withAwaitHealth(boolean value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                value,
                timeout,
                options,
                retry,
                lock,
                hooks);
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
                value,
                options,
                retry,
                lock,
                hooks);
    }

    public SyncPolicy withOptions(List<String> value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                value,
                retry,
                lock,
                hooks);
    }

    public SyncPolicy withRetry(RetryPolicy value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                options,
                value,
                lock,
                hooks);
    }

    public SyncPolicy withLock(boolean value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                options,
                retry,
                value,
                hooks);
    }

    public SyncPolicy withHooks(HookPolicy value) {
        return new SyncPolicy(
                prune,
                pruneNamespaces,
                pruneCustomResourceDefinitions,
                allowEmpty,
                adopt,
                applyAll,
                awaitHealth,
                timeout,
                options,
                retry,
                lock,
                value);
    }
}
