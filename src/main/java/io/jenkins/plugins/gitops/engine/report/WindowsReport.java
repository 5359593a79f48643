package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import java.time.Instant;
import java.util.List;

/**
 * When an application may be synced (SEMANTICS 8).
 *
 * @param schemaVersion {@link DriftReport#SCHEMA_VERSION}
 * @param time the moment that it is told for
 * @param message a sentence for people
 * @param automaticSyncFrom when a sync that nobody asks for by hand may begin: {@code time} itself when it may; null when there is no
 *     such moment in sight
 * @param manualSyncFrom the same for one that somebody asks for by hand
 * @param windows those that match the application, as they were declared
 */
public record WindowsReport(
        int schemaVersion,
        String application,
        Instant time,
        String message,
        Instant automaticSyncFrom,
        Instant manualSyncFrom,
        List<Window> windows) {
    /**
     * One window.
     *
     * @param duration as in {@code 1h30m}
     * @param start of the opening at that time, else of the next one; null when none comes any more
     * @param end of the same
     */
    public record Window(
            SyncWindow.Kind kind,
            String schedule,
            String duration,
            String timeZone,
            boolean manualSync,
            boolean open,
            Instant start,
            Instant end) {}

    public WindowsReport {
        windows = List.copyOf(windows);
    }
}
