package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What of a Secret is never shown (SEMANTICS 4 and 12). */
public final class SecretMask {
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String HIDDEN = "(masked)";

    private SecretMask() {}

    /** Whether a field holds secret data, or a copy of it. */
    static boolean hides(ResourceKey key, FieldPath path) {
        return key.isSecret()
                && (path.startsWith(FieldPath.of("data"))
                        || path.startsWith(FieldPath.of("stringData"))
                        || path.startsWith(FieldPath.of("metadata", "annotations", LAST_APPLIED)));
    }

    /** A server's message without the values of the Secret that it speaks of; other messages unchanged. */
    public static String scrub(ResourceKey key, JsonNode content, String message) {
        if (!key.isSecret()) {
            return message;
        }
        String scrubbed = message;
        for (String field : new String[] {"data", "stringData"}) {
            for (Map.Entry<String, JsonNode> entry : content.path(field).properties()) {
                String value = entry.getValue().asText("");
                scrubbed = hide(scrubbed, value);
                scrubbed = hide(scrubbed, decoded(value));
            }
        }
        return scrubbed;
    }

    private static String hide(String message, String value) {
        return value.isBlank() ? message : message.replace(value, HIDDEN);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
