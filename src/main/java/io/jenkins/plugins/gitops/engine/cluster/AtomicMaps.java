package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the objects of a kind have mappings that one manager owns as a whole ({@code x-kubernetes-map-type: atomic}), such as a
 * Deployment's {@code spec.selector}. In managed fields an atomic mapping looks like an empty one; only the schema tells.
 *
 * @param atomic whether this node is one
 * @param fields of this node below which there are some
 * @param any what holds for every other name below this node: the values of a mapping, the items of a list; null for nothing
 */
record AtomicMaps(boolean atomic, Map<String, AtomicMaps> fields, AtomicMaps any) {
    static final AtomicMaps NONE = new AtomicMaps(false, Map.of(), null);
    private static final String REFERENCE = "#/components/schemas/";

    AtomicMaps {
        fields = Map.copyOf(fields);
    }

    /** Of all kinds of a group's version, from its OpenAPI v3 document. */
    static Map<String, AtomicMaps> ofKinds(JsonNode document, String group, String version) {
        JsonNode schemas = document.path("components").path("schemas");
        Map<String, AtomicMaps> kinds = new LinkedHashMap<>();
        for (JsonNode schema : schemas) {
            JsonNode served = schema.path("x-kubernetes-group-version-kind");
            // One that is of many groups, such as DeleteOptions, is no object.
            if (served.size() == 1
                    && served.path(0).path("group").asText().equals(group)
                    && served.path(0).path("version").asText().equals(version)) {
                kinds.put(served.path(0).path("kind").asText(), new Reading(schemas).read(schema));
            }
        }
        return kinds;
    }

    boolean isAtomic(FieldPath path) {
        AtomicMaps at = this;
        for (FieldPath.Step step : path.steps()) {
            AtomicMaps next =
                    step instanceof FieldPath.Field field ? at.fields.getOrDefault(field.name(), at.any) : at.any;
            if (next == null) {
                return false;
            }
            at = next;
        }
        return at.atomic;
    }

    /** Reads one kind; a schema that contains itself is read once on each way down. */
    private static final class Reading {
        private final JsonNode schemas;
        private final Deque<String> inside = new ArrayDeque<>();

        Reading(JsonNode schemas) {
            this.schemas = schemas;
        }

        AtomicMaps read(JsonNode schema) {
            if (schema.path("x-kubernetes-map-type").asText().equals("atomic")) {
                return new AtomicMaps(true, Map.of(), null);
            }
            String reference = reference(schema);
            if (!reference.isEmpty()) {
                if (inside.contains(reference)) {
                    return NONE;
                }
                inside.push(reference);
                AtomicMaps referred = read(schemas.path(reference));
                inside.pop();
                return referred;
            }
            Map<String, AtomicMaps> fields = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                AtomicMaps below = read(property.getValue());
                if (!below.equals(NONE)) {
                    fields.put(property.getKey(), below);
                }
            }
            AtomicMaps any = read(schema, schema.has("items") ? "items" : "additionalProperties");
            return fields.isEmpty() && any == null ? NONE : new AtomicMaps(false, fields, any);
        }

        private AtomicMaps read(JsonNode schema, String below) {
            AtomicMaps any = schema.path(below).isObject() ? read(schema.path(below)) : NONE;
            return any.equals(NONE) ? null : any;
        }

        /** A reference stands alone, or wrapped where a default or a description is beside it. */
        private static String reference(JsonNode schema) {
            String text = schema.path("$ref")
                    .asText(schema.path("allOf").path(0).path("$ref").asText(""));
            return text.startsWith(REFERENCE) ? text.substring(REFERENCE.length()) : "";
        }
    }
}
