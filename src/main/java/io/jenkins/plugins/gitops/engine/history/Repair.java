package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.time.Instant;

/**
 * How the drift of one object ended.
 *
 * @param attempt the first later one that made it, or found it, as it should be
 * @param by what that attempt was; a check only found it so: it ended without this controller, or with one of another place
 * @param time when that attempt had come to its end; of a check, when it was first seen
 */
public record Repair(
        String group, String kind, String namespace, String name, int attempt, Attempt.Kind by, Instant time) {
    static Repair of(ResourceKey object, Attempt attempt, Instant time) {
        return new Repair(
                object.group(), object.kind(), object.namespace(), object.name(), attempt.id(), attempt.kind(), time);
    }

    public ResourceKey key() {
        return new ResourceKey(group, kind, namespace, name);
    }
}
