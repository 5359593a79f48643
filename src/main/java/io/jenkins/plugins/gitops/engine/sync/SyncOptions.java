package io.jenkins.plugins.gitops.engine.sync;

/**
 * How one sync is carried out, beside the application's policy.
 *
 * @param dryRun everything but the writes
 */
public record SyncOptions(boolean dryRun) {
    public static final SyncOptions DEFAULT = new SyncOptions(false);
}
