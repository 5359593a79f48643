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
 * @param windows when it may be done at all; those that do not match the application have no say
 * @param drift what is done with drift, by a host that watches
 * @param healsInFights an object that somebody else keeps changing back is healed all the same, every five minutes
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
        HookPolicy hooks,
        List<SyncWindow> windows,
        OnDrift drift,
        boolean healsInFights)
        implements Serializable {
    public static final SyncPolicy DEFAULT = new SyncPolicy(
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            Duration.ofMinutes(10),
            List.of(),
            RetryPolicy.DEFAULT,
            true,
            HookPolicy.DEFAULT,
            List.of(),
            OnDrift.report,
            false);

    public SyncPolicy {
        options = List.copyOf(options);
        windows = List.copyOf(windows);
    }

    /** Another one, that begins as this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public SyncPolicy withPrune(boolean value) {
        return toBuilder().prune(value).build();
    }

    public SyncPolicy withAwaitHealth(boolean value) {
        return toBuilder().awaitHealth(value).build();
    }

    public SyncPolicy withTimeout(Duration value) {
        return toBuilder().timeout(value).build();
    }

    public SyncPolicy withOptions(List<String> value) {
        return toBuilder().options(value).build();
    }

    public SyncPolicy withRetry(RetryPolicy value) {
        return toBuilder().retry(value).build();
    }

    public SyncPolicy withLock(boolean value) {
        return toBuilder().lock(value).build();
    }

    public SyncPolicy withHooks(HookPolicy value) {
        return toBuilder().hooks(value).build();
    }

    public SyncPolicy withWindows(List<SyncWindow> value) {
        return toBuilder().windows(value).build();
    }

    /** A policy in the making. */
    public static final class Builder {
        private boolean prune;
        private boolean pruneNamespaces;
        private boolean pruneCustomResourceDefinitions;
        private boolean allowEmpty;
        private boolean adopt;
        private boolean applyAll;
        private boolean awaitHealth;
        private Duration timeout;
        private List<String> options;
        private RetryPolicy retry;
        private boolean lock;
        private HookPolicy hooks;
        private List<SyncWindow> windows;
        private OnDrift drift;
        private boolean healsInFights;

        private Builder(SyncPolicy from) {
            prune = from.prune;
            pruneNamespaces = from.pruneNamespaces;
            pruneCustomResourceDefinitions = from.pruneCustomResourceDefinitions;
            allowEmpty = from.allowEmpty;
            adopt = from.adopt;
            applyAll = from.applyAll;
            awaitHealth = from.awaitHealth;
            timeout = from.timeout;
            options = from.options;
            retry = from.retry;
            lock = from.lock;
            hooks = from.hooks;
            windows = from.windows;
            drift = from.drift;
            healsInFights = from.healsInFights;
        }

        public Builder prune(boolean value) {
            prune = value;
            return this;
        }

        public Builder pruneNamespaces(boolean value) {
            pruneNamespaces = value;
            return this;
        }

        public Builder pruneCustomResourceDefinitions(boolean value) {
            pruneCustomResourceDefinitions = value;
            return this;
        }

        public Builder allowEmpty(boolean value) {
            allowEmpty = value;
            return this;
        }

        public Builder adopt(boolean value) {
            adopt = value;
            return this;
        }

        public Builder applyAll(boolean value) {
            applyAll = value;
            return this;
        }

        public Builder awaitHealth(boolean value) {
            awaitHealth = value;
            return this;
        }

        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        public Builder options(List<String> value) {
            options = List.copyOf(value);
            return this;
        }

        public Builder retry(RetryPolicy value) {
            retry = value;
            return this;
        }

        public Builder lock(boolean value) {
            lock = value;
            return this;
        }

        public Builder hooks(HookPolicy value) {
            hooks = value;
            return this;
        }

        public Builder windows(List<SyncWindow> value) {
            windows = List.copyOf(value);
            return this;
        }

        public Builder drift(OnDrift value) {
            drift = value;
            return this;
        }

        public Builder healsInFights(boolean value) {
            healsInFights = value;
            return this;
        }

        public SyncPolicy build() {
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
                    hooks,
                    windows,
                    drift,
                    healsInFights);
        }
    }
}
