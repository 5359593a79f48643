package io.jenkins.plugins.gitops.reconcile;

/** What a run does with the difference that it finds. */
public enum ReconcileMode {
    /** Makes the cluster as Git says. */
    sync,
    /** Reports it. */
    check,
    /** Goes through all of a sync, and writes nothing. */
    dryRun
}
