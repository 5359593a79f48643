package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a sync did (SEMANTICS 7 and 10).
 *
 * @param schemaVersion {@link DriftReport#SCHEMA_VERSION}
 * @param health the worst of the objects at the end; null when it was not looked at (dry run, refused, nothing written)
 * @param message why the result is not Succeeded; empty otherwise
 * @param objects in the order in which they were carried out; unchanged and skipped objects last
 * @param partial whether it was limited to some of the application's objects: it says nothing about the revision as a whole
 * @param attempts how often it was tried; 0 when a rule forbade even that
 */
public record SyncReport(
        int schemaVersion,
        String application,
        String revision,
        Instant time,
        long durationMs,
        boolean dryRun,
        Result result,
        HealthStatus health,
        String message,
        List<ObjectSync> objects,
        List<String> warnings,
        boolean partial,
        int attempts) {
    /** How a sync ended. */
    public enum Result {
        Succeeded,
        Failed,
        /** A rule forbade it; nothing was written. */
        Refused,
        /** Somebody stopped it; the objects say how far it came. */
        Aborted,
        /** All that needs no approval is done; its objects are {@code waiting}. */
        Waiting,
        /** It was to be tried again after a failure, but Git has a newer revision by now. */
        Superseded
    }

    /** One that was not limited, and was tried once. */
    public SyncReport(
            int schemaVersion,
            String application,
            String revision,
            Instant time,
            long durationMs,
            boolean dryRun,
            Result result,
            HealthStatus health,
            String message,
            List<ObjectSync> objects,
            List<String> warnings) {
        this(
                schemaVersion,
                application,
                revision,
                time,
                durationMs,
                dryRun,
                result,
                health,
                message,
                objects,
                warnings,
                false,
                1);
    }

    public SyncReport {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
    }

    /** A sync that a rule forbade before anything was compared or written. */
    public static SyncReport refused(
            String application, String revision, Instant start, boolean dryRun, String message, List<String> warnings) {
        return unwritten(Result.Refused, application, revision, start, dryRun, message, warnings);
    }

    /** A sync that somebody stopped before anything was written. */
    public static SyncReport aborted(
            String application, String revision, Instant start, boolean dryRun, List<String> warnings) {
        String message = "stopped by request before anything was written";
        return unwritten(Result.Aborted, application, revision, start, dryRun, message, warnings);
    }

    private static SyncReport unwritten(
            Result result,
            String application,
            String revision,
            Instant start,
            boolean dryRun,
            String message,
            List<String> warnings) {
        return new SyncReport(
                DriftReport.SCHEMA_VERSION,
                application,
                revision,
                start,
                Duration.between(start, Instant.now()).toMillis(),
                dryRun,
                result,
                null,
                message,
                List.of(),
                warnings,
                false,
                0);
    }
}
