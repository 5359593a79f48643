package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;

/**
 * Which syncs run hooks (SEMANTICS 6); one that was asked for always does.
 *
 * @param rollback a sync that goes back to an earlier state
 * @param selfHeal a sync that only undoes drift
 */
public record HookPolicy(boolean rollback, boolean selfHeal) implements Serializable {
    public static final HookPolicy DEFAULT = new HookPolicy(true, false);

    /** Whether a sync that is made for this purpose runs hooks. */
    public boolean runs(SyncPurpose purpose) {
        return switch (purpose) {
            case sync -> true;
            case rollback -> rollback;
            case selfHeal -> selfHeal;
        };
    }
}
