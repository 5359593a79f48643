package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes from an object what makes it ours. */
final class ReleasePatch {
    private ReleasePatch() {}

    /** The JSON Patch (RFC 6902); it fails when the object is no longer the one that was read. */
    static ArrayNode of(ObjectNode live, String label) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (!entry.path("manager").asText().equals(ObjectApi.FIELD_MANAGER)) {
                kept.add(entry);
            }
        }
        if (kept.isEmpty()) {
            // An empty list would mean that the server shall keep what it has; one empty entry takes all away.
            kept.addObject();
        }
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .set("value", live.path("metadata").path("resourceVersion"));
        if (live.path("metadata").path("labels").has(label)) {
            patch.addObject().put("op", "remove").put("path", "/metadata/labels/" + label.replace("/", "~1"));
        }
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", kept);
        return patch;
    }
}
