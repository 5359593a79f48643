package io.jenkins.plugins.gitops.engine.render.substitute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * The places of an object where Kubernetes takes strings alone, so that a value such as {@code 8080} is one without being quoted.
 */
final class TextPlaces {
    /** Mappings and lists of strings, in objects of every kind. */
    private static final Set<String> STRINGS = Set.of(
            "labels",
            "annotations",
            "matchLabels",
            "nodeSelector",
            "stringData",
            "binaryData",
            "args",
            "command",
            "finalizers");

    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "name", "namespace", "generateName", "image", "serviceAccountName", "host");

    private final boolean secret;
    private final boolean data;
    private final boolean service;

    TextPlaces(ObjectNode object) {
        String kind = object.path("kind").asText("");
        boolean core = object.path("apiVersion").asText("").equals("v1");
        this.secret = core && kind.equals("Secret");
        this.data = secret || (core && kind.equals("ConfigMap"));
        this.service = core && kind.equals("Service");
    }

    boolean ofSecret() {
        return secret;
    }

    /** @param path from the object's root; indexes of lists are {@code "*"} */
    boolean isText(List<String> path) {
        String last = path.get(path.size() - 1);
        String parent = path.size() < 2 ? "" : path.get(path.size() - 2);
        return STRINGS.contains(parent)
                || FIELDS.contains(last)
                || (data && path.size() == 2 && parent.equals("data"))
                || (service && path.size() == 3 && parent.equals("selector"))
                || (last.equals("value")
                        && parent.equals("*")
                        && path.size() > 2
                        && path.get(path.size() - 3).equals("env"));
    }
}
