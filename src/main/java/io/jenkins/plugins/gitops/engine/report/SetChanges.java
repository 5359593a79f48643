package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;

/**
 * How what two attempts of an application wanted differs.
 *
 * @param from the attempt that is taken as the old one, {@code to} the other
 * @param objects those that differ, in order of their keys
 */
public record SetChanges(int schemaVersion, String application, int from, int to, List<ObjectChange> objects) {
    /** What happened to an object from one set to the other. */
    public enum Change {
        added,
        removed,
        changed
    }

    /** One object; {@code fields} only of one that is in both sets. */
    public record ObjectChange(
            String group, String kind, String namespace, String name, Change change, List<FieldChange> fields) {
        public ObjectChange(ResourceKey key, Change change, List<FieldChange> fields) {
            this(key.group(), key.kind(), key.namespace(), key.name(), change, List.copyOf(fields));
        }

        public ResourceKey key() {
            return new ResourceKey(group, kind, namespace, name);
        }
    }

    /**
     * One field.
     *
     * @param path as in {@link FieldDrift#path}
     * @param from null when only the other set has it, and always when masked; {@code to} likewise
     * @param masked the field holds secret data
     */
    public record FieldChange(String path, JsonNode from, JsonNode to, boolean masked) {}

    public SetChanges {
        objects = List.copyOf(objects);
    }
}
