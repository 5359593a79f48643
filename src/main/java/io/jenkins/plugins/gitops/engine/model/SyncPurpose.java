package io.jenkins.plugins.gitops.engine.model;

/** What a sync is made for. */
public enum SyncPurpose {
    /** To bring the cluster to a revision. */
    sync,
    /** To undo drift from the revision that was synced last. */
    selfHeal,
    /** To go back to an earlier state. */
    rollback
}
