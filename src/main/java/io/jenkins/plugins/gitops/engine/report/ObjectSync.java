package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;

/**
 * What a sync did to one object. In a dry run the action is what would have been done.
 *
 * @param message why it failed or was skipped, or what a person should know; empty when there is nothing to say
 * @param origin {@code file:line} of the manifest; empty for a pruned object
 * @param hook whether it is a hook, which runs in the phase
 * @param durationMs time of the requests for this object, without waiting for others
 * @param declared as in {@link ObjectDrift#declared}
 * @param health at the end; null when the kind has none or it was not looked at
 */
public record ObjectSync(
        String group,
        String kind,
        String namespace,
        String name,
        Action action,
        String message,
        String origin,
        String phase,
        int wave,
        boolean hook,
        long durationMs,
        String declared,
        HealthStatus health,
        String healthMessage) {
    /** What was done. */
    public enum Action {
        created,
        configured,
        unchanged,
        pruned,
        skipped,
        /** Skipped until somebody approves what is to be done to it; the message says what, and why. */
        waiting,
        failed,
        deleted,
        replaced
    }

    public ResourceKey key() {
        return new ResourceKey(group, kind, namespace, name);
    }

    public ObjectSync withMessage(String text) {
        return new ObjectSync(
                group,
                kind,
                namespace,
                name,
                action,
                text,
                origin,
                phase,
                wave,
                hook,
                durationMs,
                declared,
                health,
                healthMessage);
    }

    public ObjectSync withHealth(HealthStatus status, String text) {
        return new ObjectSync(
                group,
                kind,
                namespace,
                name,
                action,
                message,
                origin,
                phase,
                wave,
                hook,
                durationMs,
                declared,
                status,
                text);
    }
}
