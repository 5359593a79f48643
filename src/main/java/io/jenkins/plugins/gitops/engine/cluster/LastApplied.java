package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What an apply from the client's side keeps in the object, so that the next one knows what has left the manifest since. */
public final class LastApplied {
    public static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LastApplied() {}

    /** A copy of a desired object that carries itself. */
    static ObjectNode addedTo(ObjectNode desired) {
        ObjectNode with = without(desired);
        String text = with.toString();
        with.withObject("/metadata/annotations").put(ANNOTATION, text + "\n");
        return with;
    }

    /** What was applied to a live object last; empty when nobody kept it, or it cannot be read. */
    static Optional<ObjectNode> of(JsonNode live) {
        String text = live.path("metadata").path("annotations").path(ANNOTATION).asText("");
        try {
            return MAPPER.readTree(text) instanceof ObjectNode applied ? Optional.of(applied) : Optional.empty();
        } catch (JsonProcessingException e) {
            // Somebody else's text: kubectl, too, goes on without.
            return Optional.empty();
        }
    }

    /** Whether a live object keeps exactly this desired one. */
    public static boolean is(JsonNode live, ObjectNode desired) {
        return of(live).filter(without(desired)::equals).isPresent();
    }

    private static ObjectNode without(ObjectNode desired) {
        ObjectNode copy = desired.deepCopy();
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        return copy;
    }
}
