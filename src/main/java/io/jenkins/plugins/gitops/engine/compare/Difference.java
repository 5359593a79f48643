package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import java.util.Optional;

/**
 * One field that a dry run of the desired object would change.
 *
 * @param pointer JSON pointer into the live object, or into the desired one where the live object has no such field
 * @param desired the value after the apply; empty when the apply removes the field
 * @param live the value now; empty when there is none
 */
public record Difference(FieldPath path, String pointer, Optional<JsonNode> desired, Optional<JsonNode> live) {
    /** Without the values, which may be of a Secret. */
    @Override
    public String toString() {
        return path + (desired.isEmpty() ? " removed" : live.isEmpty() ? " missing" : " changed");
    }
}
