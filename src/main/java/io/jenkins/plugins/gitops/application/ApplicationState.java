package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What an application remembers between builds, so that nobody has to walk them. Kept beside config.xml, not in it: a copy has
 * never been synced, and a configuration that is pushed anew does not forget.
 *
 * @param uuid the application's identity, where the configuration does not say it
 * @param nameInCluster what inventories call the application; stays when the item is renamed
 * @param lastSynced the last sync that succeeded
 * @param lastAttempt the last sync that checked out: polling compares with it
 * @param unfinished a build that began to write and has not ended; 0 when none
 * @param lastReport the last build that has a report; 0 when none
 * @param newCommits when polling saw commits that a manual application has not synced
 */
record ApplicationState(
        @CheckForNull String uuid,
        @CheckForNull String nameInCluster,
        @CheckForNull Synced lastSynced,
        @CheckForNull Synced lastAttempt,
        int unfinished,
        int lastReport,
        @CheckForNull Instant newCommits) {
    static final ApplicationState NEW = new ApplicationState(null, null, null, null, 0, 0, null);

    /**
     * A build and what it checked out.
     *
     * @param inputs a digest of all that decides what it applies: files, settings, destination; null when it is not known
     */
    record Synced(
            int build,
            String revision,
            Instant time,
            @CheckForNull String inputs) {}

    /** Whether the last attempt was a sync of exactly this, and succeeded. */
    boolean isSyncedFrom(String inputs) {
        Synced synced = lastSynced;
        return synced != null && isOf(lastAttempt, synced.build()) && inputs.equals(synced.inputs());
    }

    static boolean isOf(@CheckForNull Synced synced, int build) {
        return synced != null && synced.build() == build;
    }

    /** Whether this revision is the last synced one, and nothing else was tried since. */
    boolean isNewest(String revision) {
        Synced synced = lastSynced;
        Synced attempt = lastAttempt;
        return synced != null
                && attempt != null
                && newCommits == null
                && synced.revision().equals(revision)
                && attempt.revision().equals(revision);
    }

    ApplicationState withIdentity(String id, String name) {
        return new ApplicationState(id, name, lastSynced, lastAttempt, unfinished, lastReport, newCommits);
    }

    ApplicationState withLastSynced(@CheckForNull Synced synced) {
        return new ApplicationState(uuid, nameInCluster, synced, lastAttempt, unfinished, lastReport, newCommits);
    }

    /** The commits that polling saw are the attempt's now. */
    ApplicationState withLastAttempt(@CheckForNull Synced attempt) {
        return new ApplicationState(uuid, nameInCluster, lastSynced, attempt, unfinished, lastReport, null);
    }

    ApplicationState withUnfinished(int build) {
        return new ApplicationState(uuid, nameInCluster, lastSynced, lastAttempt, build, lastReport, newCommits);
    }

    ApplicationState withLastReport(int build) {
        return new ApplicationState(uuid, nameInCluster, lastSynced, lastAttempt, unfinished, build, newCommits);
    }

    ApplicationState withNewCommits(@CheckForNull Instant seen) {
        return new ApplicationState(uuid, nameInCluster, lastSynced, lastAttempt, unfinished, lastReport, seen);
    }
}
