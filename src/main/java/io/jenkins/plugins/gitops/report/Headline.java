package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One sentence that says it all, such as {@code 3 objects drifted; last change 4 minutes ago by kubectl-edit}. */
final class Headline {
    private Headline() {}

    static String of(DriftSummary drift, Instant now) {
        if (drift.getObjects() == drift.getInSync()) {
            return drift.getObjects() == 0 ? Messages.Headline_Nothing() : Messages.Headline_InSync(drift.getObjects());
        }
        return drift.getPurpose() == Purpose.check ? drifted(drift, now) : toChange(drift, now);
    }

    private static String drifted(DriftSummary drift, Instant now) {
        String objects = counts(
                drift, Messages.Headline_Drifted(drift.getDrifted()), Messages.Headline_Missing(drift.getMissing()));
        if (drift.getLastManager() == null) {
            return objects;
        }
        return drift.getLastChange() == 0
                ? Messages.Headline_ChangedBy(objects, drift.getLastManager())
                : Messages.Headline_LastChange(objects, ago(drift, now), drift.getLastManager());
    }

    /** Who wrote a field that Git now wants otherwise is named too: the sync is about to overwrite it. */
    private static String toChange(DriftSummary drift, Instant now) {
        String objects = counts(
                drift, Messages.Headline_ToChange(drift.getDrifted()), Messages.Headline_ToCreate(drift.getMissing()));
        if (drift.getLastManager() == null) {
            return objects;
        }
        return drift.getLastChange() == 0
                ? Messages.Headline_ChangedInClusterBy(objects, drift.getLastManager())
                : Messages.Headline_LastChangeInCluster(objects, ago(drift, now), drift.getLastManager());
    }

    /** @param drifted what those that differ are called here, {@code missing} those that are not there */
    private static String counts(DriftSummary drift, String drifted, String missing) {
        List<String> parts = new ArrayList<>();
        add(parts, drift.getDrifted(), drifted);
        add(parts, drift.getMissing(), missing);
        add(parts, drift.getExtra(), Messages.Headline_Extra(drift.getExtra()));
        add(parts, drift.getUnknown(), Messages.Headline_Unknown(drift.getUnknown()));
        return String.join(", ", parts);
    }

    private static String ago(DriftSummary drift, Instant now) {
        return Moment.of(drift.getLastChange(), now).getAgo();
    }

    static String of(SyncSummary sync) {
        List<String> parts = new ArrayList<>();
        add(parts, sync.getCreated(), Messages.Headline_Created(sync.getCreated()));
        add(parts, sync.getChanged(), Messages.Headline_Changed(sync.getChanged()));
        add(parts, sync.getRemoved(), Messages.Headline_Removed(sync.getRemoved()));
        add(parts, sync.getFailed(), Messages.Headline_Failed(sync.getFailed()));
        add(parts, sync.getWaiting(), Messages.Headline_Waiting(sync.getWaiting()));
        add(parts, sync.getSkipped(), Messages.Headline_Skipped(sync.getSkipped()));
        if (parts.isEmpty() || sync.getUnchanged() > 0) {
            parts.add(Messages.Headline_Unchanged(sync.getUnchanged()));
        }
        String result = Words.of(sync.getResult(), sync.isDryRun());
        String counts = String.join(", ", parts);
        return sync.getResult() == SyncReport.Result.Waiting
                ? Messages.Headline_Waits(result, counts)
                : Messages.Headline_Sync(result, Words.duration(sync.getDurationMs()), counts);
    }

    private static void add(List<String> parts, int count, String words) {
        if (count > 0) {
            parts.add(words);
        }
    }
}
