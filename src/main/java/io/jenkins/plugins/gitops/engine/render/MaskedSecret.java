package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.util.Map;
import java.util.Set;

/** An object without its secret values, for the eyes of people and logs. */
public final class MaskedSecret {
    /** No valid base64, so that nobody applies it by mistake. */
    public static final String MASK = HiddenTexts.MASK;

    /** Any other field may be {@code stringData}, misspelt. */
    private static final Set<String> SHOWN = Set.of("apiVersion", "kind", "metadata", "type", "immutable");

    /** The data of a Secret, and in any kind what is hidden. */
    public ObjectNode mask(Manifest manifest) {
        if (!manifest.isConfidential()) {
            return manifest.content();
        }
        ObjectNode copy = manifest.hidden().mask(manifest.content());
        if (!manifest.key().isSecret()) {
            return copy;
        }
        copy.properties().stream()
                .filter(field -> !SHOWN.contains(field.getKey()))
                .forEach(MaskedSecret::mask);
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations
                && annotations.has("kubectl.kubernetes.io/last-applied-configuration")) {
            annotations.put("kubectl.kubernetes.io/last-applied-configuration", MASK);
        }
        return copy;
    }

    private static void mask(Map.Entry<String, JsonNode> field) {
        if (field.getValue() instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(object.textNode(MASK)));
        } else {
            field.setValue(TextNode.valueOf(MASK));
        }
    }
}
