package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Manifest;

/** A Secret without its values, for the eyes of people and logs. */
public final class MaskedSecret {
    /** No valid base64, so that nobody applies it by mistake. */
    public static final String MASK = "(masked)";

    /** Other kinds are returned as they are. */
    public ObjectNode mask(Manifest manifest) {
        if (!manifest.key().isSecret()) {
            return manifest.content();
        }
        ObjectNode copy = manifest.editable();
        mask(copy.path("data"));
        mask(copy.path("stringData"));
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations
                && annotations.has("kubectl.kubernetes.io/last-applied-configuration")) {
            annotations.put("kubectl.kubernetes.io/last-applied-configuration", MASK);
        }
        return copy;
    }

    private static void mask(JsonNode values) {
        if (values instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(object.textNode(MASK)));
        }
    }
}
