package io.jenkins.plugins.gitops.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One sentence that says it all, such as {@code 3 objects drifted; last change 4 minutes ago by kubectl-edit}. */
final class Headline {
    private Headline() {}

    static String of(DriftSummary drift, Instant now) {
        List<String> parts = new ArrayList<>();
        if (drift.getDrifted() > 0) {
            parts.add(Messages.Headline_Drifted(drift.getDrifted()));
        }
        if (drift.getMissing() > 0) {
            parts.add(Messages.Headline_Missing(drift.getMissing()));
        }
        if (drift.getExtra() > 0) {
            parts.add(Messages.Headline_Extra(drift.getExtra()));
        }
        if (drift.getUnknown() > 0) {
            parts.add(Messages.Headline_Unknown(drift.getUnknown()));
        }
        if (parts.isEmpty()) {
            return drift.getObjects() == 0 ? Messages.Headline_Nothing() : Messages.Headline_InSync(drift.getObjects());
        }
        String objects = String.join(", ", parts);
        if (drift.getLastManager() == null) {
            return objects;
        }
        return drift.getLastChange() == 0
                ? Messages.Headline_ChangedBy(objects, drift.getLastManager())
                : Messages.Headline_LastChange(
                        objects, Moment.of(drift.getLastChange(), now).getAgo(), drift.getLastManager());
    }

    static String of(SyncSummary sync) {
        List<String> parts = new ArrayList<>();
        add(parts, sync.getCreated(), Messages.Headline_Created(sync.getCreated()));
        add(parts, sync.getChanged(), Messages.Headline_Changed(sync.getChanged()));
        add(parts, sync.getRemoved(), Messages.Headline_Removed(sync.getRemoved()));
        add(parts, sync.getFailed(), Messages.Headline_Failed(sync.getFailed()));
        add(parts, sync.getSkipped(), Messages.Headline_Skipped(sync.getSkipped()));
        if (parts.isEmpty() || sync.getUnchanged() > 0) {
            parts.add(Messages.Headline_Unchanged(sync.getUnchanged()));
        }
        return Messages.Headline_Sync(
                Words.of(sync.getResult(), sync.isDryRun()),
                Words.duration(sync.getDurationMs()),
                String.join(", ", parts));
    }

    private static void add(List<String> parts, int count, String words) {
        if (count > 0) {
            parts.add(words);
        }
    }
}
