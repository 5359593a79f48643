package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.Map;

/**
 * One document of a YAML or JSON file, and where each of its nodes was written.
 *
 * @param file as errors shall name it
 * @param index zero-based, in the file; empty documents count although they are not returned
 * @param positions by JSON pointer (RFC 6901); that of a mapping's value is the position of its key
 */
public record YamlDocument(String file, int index, JsonNode content, Map<String, Position> positions) {
    /** Where the node was written; the nearest known parent when the node itself is not in the text. */
    public Position position(String pointer) {
        Position found = positions.get(pointer);
        while (found == null && !pointer.isEmpty()) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
            found = positions.get(pointer);
        }
        return found == null ? new Position(1, 1) : found;
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
