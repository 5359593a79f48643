package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes the fields that {@code kubectl apply} set from the client's side ours, so that the next server-side apply removes
 * those that Git does not declare: without this they would stay for ever (SEMANTICS 3 and 12).
 */
final class ClientSideApplyMigration {
    private ClientSideApplyMigration() {}

    /**
     * The JSON Patch (RFC 6902) that turns the client-side entry into our Apply entry. It fails when the object is no longer
     * the one that was read.
     */
    static ArrayNode patch(ObjectNode live) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            boolean clientSide = entry.path("manager").asText().equals("kubectl-client-side-apply")
                    && entry.path("operation").asText().equals("Update")
                    && !entry.hasNonNull("subresource");
            ObjectNode kept = entries.addObject();
            kept.setAll((ObjectNode) entry);
            if (clientSide) {
                kept.put("manager", ObjectApi.FIELD_MANAGER).put("operation", "Apply");
            }
        }
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
