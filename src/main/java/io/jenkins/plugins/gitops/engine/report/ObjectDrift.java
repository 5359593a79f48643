package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.util.List;

/**
 * The comparison of one object.
 *
 * @param message why the verdict is Unknown, or what a person should know; empty when there is nothing to say
 * @param origin {@code file:line} of the manifest; empty for an Extra object
 * @param ownership {@code repair} when the content is in sync but a sync owes an apply, because our field manager does
 *     not own all of it; otherwise {@code owned}, or {@code none} when there is no live object
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
        String declared,
        List<FieldDrift> fields) {
    /** Who owns the desired fields of a live object. */
    public enum Ownership {
        owned,
        repair,
        none
    }

    public ObjectDrift {
        fields = List.copyOf(fields);
    }

    public ResourceKey key() {
        return new ResourceKey(group, kind, namespace, name);
    }
}
