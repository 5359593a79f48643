package io.jenkins.plugins.gitops.engine.model;

/** The phases of a sync and of a deletion, each in its order (SEMANTICS 5). Hooks name all of them but {@link #Delete}. */
public enum Phase {
    PreSync,
    /** The application's own objects, and hooks among them. */
    Sync,
    PostSync,
    /** Only after a failure. */
    SyncFail,
    PreDelete,
    /** The application's own objects go. */
    Delete,
    PostDelete
}
