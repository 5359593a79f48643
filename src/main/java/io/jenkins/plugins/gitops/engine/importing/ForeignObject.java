package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;

/**
 * One object of the input.
 *
 * @param pointer to it in the document: an item of a List, or the whole document when empty
 * @param content as it is there, or what a template there became
 * @param variant tells those of one template apart; zero for what is no template
 */
record ForeignObject(YamlDocument document, String pointer, ObjectNode content, int variant) {
    ForeignObject(YamlDocument document, String pointer, ObjectNode content) {
        this(document, pointer, content, 0);
    }

    String group() {
        return GroupKind.groupOf(content.path("apiVersion").asText());
    }

    String kind() {
        return content.path("kind").asText();
    }

    String name() {
        return content.path("metadata").path("name").asText("");
    }

    /** Empty when it names none. */
    String namespace() {
        return content.path("metadata").path("namespace").asText("");
    }

    boolean is(String group, String kind) {
        return group().equals(group) && kind().equals(kind);
    }

    /** @param field a JSON pointer into the object; empty for the object */
    String where(String field) {
        return document.file() + ":" + document.position(pointer + field).line();
    }

    /** Two are one when they stand at the same place: comparing what they hold would be slow. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ForeignObject object
                && object.document == document
                && object.variant == variant
                && object.pointer.equals(pointer);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * System.identityHashCode(document) + pointer.hashCode()) + variant;
    }

    @Override
    public String toString() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }
}
