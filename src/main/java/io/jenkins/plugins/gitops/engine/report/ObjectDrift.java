package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Severity;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * The comparison of one object.
 *
 * @param message why the verdict is Unknown, or what a person should know; empty when there is nothing to say
 * @param origin {@code file:line} of the manifest; empty for an Extra object
 * @param ownership {@code repair} when the content is in sync but a sync owes an apply, because our field manager does
 *     not own all of it; otherwise {@code owned}, or {@code none} when there is no live object
 * @param severity how bad it is; null for an object in sync
 * @param firstSeen the first of the consecutive reports that found the object not as Git says; null for one in sync, and when
 *     that is not known
 * @param declared a digest of which fields Git declares (their paths, never their values); empty for an Extra object
 * @param observedBetween when the object went missing, where that is known; otherwise null
 */
public record ObjectDrift(
        String group,
        String kind,
        String namespace,
        String name,
        Verdict verdict,
        String message,
        String origin,
        Ownership ownership,
        ObservedBetween observedBetween,
        Severity severity,
        Instant firstSeen,
        String declared,
        List<FieldDrift> fields) {
    /** Who owns the desired fields of a live object. */
    public enum Ownership {
        owned,
        repair,
        none
    }

    /** One of which neither is known how bad it is, nor since when. */
    public ObjectDrift(
            String group,
            String kind,
            String namespace,
            String name,
            Verdict verdict,
            String message,
            String origin,
            Ownership ownership,
            ObservedBetween observedBetween,
            String declared,
            List<FieldDrift> fields) {
        this(
                group,
                kind,
                namespace,
                name,
                verdict,
                message,
                origin,
                ownership,
                observedBetween,
                null,
                null,
                declared,
                fields);
    }

    public ObjectDrift {
        fields = List.copyOf(fields);
    }

    public ResourceKey key() {
        return new ResourceKey(group, kind, namespace, name);
    }
}
