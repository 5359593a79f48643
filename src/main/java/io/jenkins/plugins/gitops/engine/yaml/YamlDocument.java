package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.Iterator;

/** One document of a YAML or JSON file: its content, and where each node of it was written. */
public final class YamlDocument {
    private final String file;
    private final int index;
    private final ObjectNode content;
    private final Place place;

    YamlDocument(String file, int index, ObjectNode content, Place place) {
        this.file = file;
        this.index = index;
        this.content = content;
        this.place = place;
    }

    /** As errors name it. */
    public String file() {
        return file;
    }

    /** Zero-based, in the file; empty documents count although they are not returned. */
    public int index() {
        return index;
    }

    public ObjectNode content() {
        return content;
    }

    /**
     * Where the node was written: a mapping's value at its key, a list's item at its first key, what came through an alias or
     * a merge where the anchor has it. A node that is not in the text is where its nearest parent is.
     *
     * @param pointer a JSON pointer (RFC 6901) into the content; empty for the whole document
     */
    public Position position(String pointer) {
        JsonNode node = content;
        Place at = place;
        for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
            int child = node.isArray() ? rest.getMatchingIndex() : ordinal(node, rest.getMatchingProperty());
            if (child < 0 || child >= at.children().size()) {
                break;
            }
            node = node.isArray() ? node.get(child) : node.get(rest.getMatchingProperty());
            at = at.children().get(child);
        }
        return at.position();
    }

    private static int ordinal(JsonNode mapping, String key) {
        int ordinal = 0;
        for (Iterator<String> names = mapping.fieldNames(); names.hasNext(); ordinal++) {
            if (names.next().equals(key)) {
                return ordinal;
            }
        }
        return -1;
    }

    /** The origin of the manifest that stands at the pointer; empty for the whole document. */
    public Origin origin(String pointer) {
        return new Origin(file, index, position(pointer).line());
    }

    /** A problem with the node, at {@code file:line:column}. */
    public Problem problem(String pointer, String what) {
        return new Problem(file + ":" + position(pointer), what);
    }
}
