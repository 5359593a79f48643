package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One differing field.
 *
 * @param path as Kubernetes writes field paths, list items by their merge keys:
 *     {@code spec.template.spec.containers[name="web"].image}
 * @param pointer the same as a JSON pointer (RFC 6901) into the live object, or into the desired one where the live object
 *     has no such field
 * @param change what a sync would do about it
 * @param desired the value after a sync; null when the field is removed from Git, and always when masked
 * @param live the value in the cluster; null when absent, and always when masked
 * @param masked the field holds secret data, so that only {@code change} is told
 * @param manager the field manager that wrote the live value; null when the field is absent or nobody claims it
 * @param operation {@code Apply} or {@code Update}; null like manager
 * @param subresource such as {@code scale} or {@code status}; null when the write went to the object itself
 * @param time the manager's last write to any of its fields: the live value was written at this time or before; null when
 *     the server keeps none
 * @param observedBetween when the live field went away, where that is known; otherwise null
 */
public record FieldDrift(
        String path,
        String pointer,
        Change change,
        JsonNode desired,
        JsonNode live,
        boolean masked,
        String manager,
        String operation,
        String subresource,
        Instant time,
        ObservedBetween observedBetween) {
    /** What happened to the field, seen from Git. */
    public enum Change {
        /** The live value is another one. */
        changed,
        /** Git has the field, the live object has not. */
        missing,
        /** We applied the field once, and Git has it no longer. */
        removedFromGit
    }
}
