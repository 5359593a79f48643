package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Moves fields between entries of the managed fields, and changes nothing else. Into our Apply entry goes what was set by other
 * means, so that the next server-side apply removes what Git does not declare: without this it would stay for ever (SEMANTICS 3
 * and 12). Out of it goes what is to be written by other means from now on, so that an apply of the label alone does not remove
 * it.
 */
final class ClientSideApplyMigration {
    private ClientSideApplyMigration() {}

    /** The JSON Patch (RFC 6902) into our Apply entry. It fails when the object is no longer the one that was read. */
    static ArrayNode patch(ObjectNode live) {
        ManagedFields owners = ManagedFields.of(live);
        FieldSet fields = owners.ourApply().map(ManagedFields.Entry::fields).orElse(FieldSet.EMPTY);
        Optional<ManagedFields.Entry> first = owners.ourApply();
        for (ManagedFields.Entry entry : owners.awaitingMigration()) {
            fields = fields.union(entry.fields());
            first = first.or(() -> Optional.of(entry));
        }
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        int at = 0;
        for (JsonNode raw : live.path("metadata").path("managedFields")) {
            ManagedFields.Entry entry = owners.entries().get(at++);
            boolean into = first.filter(entry::equals).isPresent();
            boolean merged = owners.awaitingMigration().contains(entry)
                    || owners.ourApply().filter(entry::equals).isPresent();
            if (into) {
                ObjectNode ours = raw.deepCopy();
                ours.put("manager", ObjectApi.FIELD_MANAGER)
                        .put("operation", "Apply")
                        .set("fieldsV1", fields.json());
                entries.add(ours);
            } else if (!merged) {
                entries.add(raw);
            }
        }
        return replacing(live, entries);
    }

    /** The JSON Patch that makes our Apply entry one of plain updates. */
    static ArrayNode reversed(ObjectNode live) {
        ManagedFields owners = ManagedFields.of(live);
        FieldSet fields = owners.ourApply().map(ManagedFields.Entry::fields).orElse(FieldSet.EMPTY);
        for (ManagedFields.Entry entry : owners.awaitingMigration()) {
            fields = fields.union(entry.fields());
        }
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        int at = 0;
        for (JsonNode raw : live.path("metadata").path("managedFields")) {
            ManagedFields.Entry entry = owners.entries().get(at++);
            if (owners.ourApply().filter(entry::equals).isPresent()) {
                // The server keeps one entry of a manager's updates: two would lose the fields of one.
                ObjectNode ours = raw.deepCopy();
                entries.add(ours.put("operation", "Update").set("fieldsV1", fields.json()));
            } else if (!owners.awaitingMigration().contains(entry)) {
                entries.add(raw);
            }
        }
        return replacing(live, entries);
    }

    private static ArrayNode replacing(ObjectNode live, ArrayNode entries) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .set("value", live.path("metadata").path("resourceVersion"));
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", entries);
        return patch;
    }
}
