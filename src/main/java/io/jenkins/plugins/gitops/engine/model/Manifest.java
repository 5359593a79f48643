package io.jenkins.plugins.gitops.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One desired object and where it was written.
 *
 * <p>The content is never modified after construction, by anyone: whoever needs a variant takes {@link #editable()}.
 * A manifest prints itself without its content.
 *
 * @param hidden what nobody may see of it, whatever its kind
 */
public record Manifest(ObjectNode content, Origin origin, HiddenTexts hidden) {
    /** One with nothing to hide, or a Secret, whose data is hidden anyway. */
    public Manifest(ObjectNode content, Origin origin) {
        this(content, origin, HiddenTexts.NONE);
    }

    public ResourceKey key() {
        JsonNode metadata = content.path("metadata");
        return new ResourceKey(
                groupKind(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    public GroupKind groupKind() {
        return new GroupKind(
                GroupKind.groupOf(apiVersion()), content.path("kind").asText(""));
    }

    /** Of a CustomResourceDefinition: the kind that it defines. */
    public GroupKind definedKind() {
        JsonNode spec = content.path("spec");
        return new GroupKind(
                spec.path("group").asText(""), spec.path("names").path("kind").asText(""));
    }

    /** Whether it must not be kept in plain text. */
    public boolean isConfidential() {
        return key().isSecret() || !hidden.isEmpty();
    }

    public String apiVersion() {
        return content.path("apiVersion").asText("");
    }

    public Optional<String> annotation(String name) {
        return Optional.ofNullable(
                content.path("metadata").path("annotations").path(name).asText(null));
    }

    /** A deep copy that may be changed. */
    public ObjectNode editable() {
        return content.deepCopy();
    }

    public Manifest withContent(ObjectNode other) {
        return new Manifest(other, origin, hidden);
    }

    public Manifest hiding(HiddenTexts more) {
        return new Manifest(content, origin, hidden.and(more));
    }

    @Override
    public String toString() {
        return key() + " (" + origin + ")";
    }
}
