package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes out what only the server writes. A manifest that was exported from a cluster has these fields; the server refuses an
 * apply with {@code managedFields}, fails one with another {@code uid} or {@code resourceVersion}, and ignores the rest.
 * Where such a field says something it is dropped with a warning; where it is empty ({@code creationTimestamp: null},
 * {@code status: {}}), as generators write it, without.
 *
 * <p>{@code labels: null} and {@code annotations: null} are taken out too: they say the same as nothing.
 */
final class ServerFields {
    private static final List<String> METADATA = List.of(
            "managedFields",
            "resourceVersion",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "selfLink");
    private static final List<String> EMPTY_WHEN_NULL = List.of("labels", "annotations", "namespace");

    private final Consumer<Problem> warnings;

    ServerFields(Consumer<Problem> warnings) {
        this.warnings = warnings;
    }

    /** @param content a copy of the object's content, which is changed */
    void remove(Written object, ObjectNode content) {
        List<String> dropped = new ArrayList<>();
        if (saysSomething(content.remove("status"))) {
            dropped.add("status");
        }
        ObjectNode metadata = (ObjectNode) content.path("metadata");
        for (String field : METADATA) {
            if (saysSomething(metadata.remove(field))) {
                dropped.add("metadata." + field);
            }
        }
        EMPTY_WHEN_NULL.stream().filter(field -> metadata.path(field).isNull()).forEach(metadata::remove);
        if (!dropped.isEmpty()) {
            warnings.accept(object.problem(
                    "", String.join(", ", dropped) + " of the manifest is set by the server alone and is left out"));
        }
    }

    private static boolean saysSomething(JsonNode value) {
        return value != null && !value.isNull() && !(value.isContainerNode() && value.isEmpty());
    }
}
