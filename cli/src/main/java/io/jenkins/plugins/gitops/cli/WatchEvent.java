package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.time.Instant;

/**
 * One line of {@code gitops watch}.
 *
 * @param revision the revision that it is about; empty when there is none
 * @param verdict the application's verdict after a check, the result after a sync; null otherwise
 * @param message for people; empty when the report says all
 * @param report the drift report of a check, the sync report of a sync; null otherwise
 */
record WatchEvent(Instant time, Kind event, String revision, String verdict, String message, Object report) {
    /** What happened. */
    enum Kind {
        /** The watch has begun. */
        started,
        /** A check found nothing that differs; told when that is news. */
        inSync,
        /** A check found something that differs; told when it is not what the last check found. */
        drift,
        /** A check could not compare every object. */
        unknown,
        /** Git has another commit than was synced last; a sync begins. */
        commit,
        /** A sync of a commit has ended well. */
        synced,
        /** Drift was undone. */
        healed,
        /** A sync or a healing has not ended well; it is tried again. */
        syncFailed,
        /** The same field came back for the sixth time: somebody else wants it otherwise, and healing stops. */
        fight,
        /** A sync, or a healing, is due, and waits for the sync windows or for other applications; it begins by itself. */
        blocked,
        /** The application is held at an earlier attempt; new commits are not synced. */
        pinned,
        /** The application follows Git again. */
        unpinned,
        /** Git or the cluster failed, or the manifests are wrong; it is tried again. */
        failure,
        /** What had failed works again. */
        recovered,
        /** A signal ended the watch. */
        stopped
    }

    static WatchEvent of(Kind kind, String revision, String message) {
        return new WatchEvent(Instant.now(), kind, revision, null, message, null);
    }

    static WatchEvent of(Kind kind, DriftReport report) {
        return new WatchEvent(
                report.time(), kind, report.revision(), report.verdict().name(), "", report);
    }

    static WatchEvent of(Kind kind, SyncReport report) {
        return new WatchEvent(
                Instant.now(), kind, report.revision(), report.result().name(), report.message(), report);
    }
}
