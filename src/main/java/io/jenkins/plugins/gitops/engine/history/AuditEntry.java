package io.jenkins.plugins.gitops.engine.history;

import java.time.Instant;
import java.util.List;

/**
 * What somebody did, or had done, with an application: one line of its {@link AuditLog}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}; grows when a field is added
 * @param by the person, or what acts without one, as the host knows them
 * @param how by what means, such as {@code gitops sync} or a build's name
 * @param attempt that it is in the history as; 0 when it is none, or could not be recorded
 * @param target the attempt that was gone back to, pinned, un-pinned, or waited for an approval; 0 otherwise
 * @param revision full commit id, or empty
 * @param result how it ended, as in {@link Attempt#result()}; empty for what simply is so from then on
 * @param objects those that were approved by name
 * @param reason what the person gave as one, or why it ended otherwise than meant; empty when there is nothing to say
 */
public record AuditEntry(
        int schemaVersion,
        Instant time,
        String application,
        Action action,
        String by,
        String how,
        int attempt,
        int target,
        String revision,
        String result,
        List<String> objects,
        String reason) {
    public static final int SCHEMA_VERSION = 1;

    /** What was done. */
    public enum Action {
        sync,
        heal,
        rollback,
        delete,
        /** Somebody confirmed what must be confirmed, such as the deletion of objects, or another plan than the one that was seen. */
        approve,
        pin,
        unpin
    }

    public AuditEntry {
        objects = List.copyOf(objects);
    }

    /** What an attempt did; only for kinds that write. */
    public static AuditEntry of(Attempt attempt, String by, String how) {
        return new AuditEntry(
                SCHEMA_VERSION,
                attempt.time(),
                attempt.application(),
                Action.valueOf(attempt.kind().name()),
                by,
                how,
                attempt.id(),
                attempt.restored(),
                attempt.revision(),
                attempt.result(),
                List.of(),
                attempt.message());
    }

    /** @param objects as they were named */
    public static AuditEntry approval(
            Instant time, String application, String by, String how, String revision, List<String> objects) {
        return new AuditEntry(
                SCHEMA_VERSION, time, application, Action.approve, by, how, 0, 0, revision, "", objects, "");
    }

    /**
     * @param action {@link Action#pin} or {@link Action#unpin}
     * @param pin that begins or ends
     */
    public static AuditEntry ofPin(
            Instant time, String application, Action action, String by, String how, Pin pin, String reason) {
        return new AuditEntry(
                SCHEMA_VERSION,
                time,
                application,
                action,
                by,
                how,
                0,
                pin.attempt(),
                pin.revision(),
                "",
                List.of(),
                reason);
    }
}
