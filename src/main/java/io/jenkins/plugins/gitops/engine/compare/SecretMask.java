package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What of a Secret is never shown (SEMANTICS 4 and 12). */
public final class SecretMask {
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Any other field may be {@code stringData}, misspelt. */
    private static final Set<String> SHOWN = Set.of("apiVersion", "kind", "metadata", "type", "immutable");

    private SecretMask() {}

    /** Whether a field holds secret data, or a copy of it. */
    static boolean hides(ResourceKey key, FieldPath path) {
        return key.isSecret()
                && (path.startsWith(FieldPath.of("data"))
                        || path.startsWith(FieldPath.of("stringData"))
                        || path.startsWith(FieldPath.of("metadata", "annotations", LAST_APPLIED)));
    }

    /** Whether two values of a field must not be shown: the field is a Secret's, or one of the values is hidden or holds a hidden one. */
    static boolean hides(Manifest manifest, FieldPath path, JsonNode... values) {
        return hides(manifest.key(), path) || Stream.of(values).anyMatch(manifest.hidden()::areIn);
    }

    /** A server's message without what of the manifest must not be shown. */
    public static String scrub(Manifest manifest, String message) {
        return manifest.hidden().scrub(scrub(manifest.key(), manifest.content(), message));
    }

    /** A server's message without the values of the Secret that it speaks of; other messages unchanged. */
    public static String scrub(ResourceKey key, JsonNode content, String message) {
        if (!key.isSecret()) {
            return message;
        }
        Set<String> values = new HashSet<>();
        content.properties().stream()
                .filter(field -> !SHOWN.contains(field.getKey()))
                .forEach(field -> collect(field.getValue(), values));
        String scrubbed = message;
        // The longest first: a value may hold another one.
        for (String value : values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            scrubbed = scrubbed.replace(value, HiddenTexts.MASK);
        }
        return scrubbed;
    }

    /** Each value as it is written, as it is decoded, and as Go would quote either. A wrong manifest has any shape. */
    private static void collect(JsonNode node, Set<String> values) {
        if (node.isContainerNode()) {
            node.forEach(child -> collect(child, values));
            return;
        }
        String written = node.asText("");
        String encoded = Base64.getEncoder().encodeToString(written.getBytes(StandardCharsets.UTF_8));
        for (String value : new String[] {written, decoded(written), encoded}) {
            values.add(value);
            values.add(new String(JsonStringEncoder.getInstance().quoteAsString(value)));
            value.lines().map(String::strip).forEach(values::add);
        }
        values.removeIf(String::isBlank);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
