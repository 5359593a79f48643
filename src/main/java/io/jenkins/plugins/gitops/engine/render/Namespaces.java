package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Resolves each object's namespace: a namespaced object that names none gets the default. Whether a kind is namespaced is
 * asked from the CustomResourceDefinitions of the set, then from the given scopes; an object of a kind that neither knows
 * keeps what it has.
 *
 * <p>A namespace on a cluster-scoped object is dropped with a warning. kubectl sends it and the API server clears it without a
 * word (apiserver's {@code EnsureObjectNamespaceMatchesRequestNamespace}); Helm charts write it so often that an error would
 * keep repositories out that work everywhere else.
 */
final class Namespaces {
    private final String defaultNamespace;
    private final Scopes scopes;
    private final Map<GroupKind, Boolean> ofTheSet = new HashMap<>();
    private final Set<GroupKind> unknown = new TreeSet<>();
    private final Consumer<Problem> warnings;

    Namespaces(String defaultNamespace, Scopes scopes, List<Written> set, Consumer<Problem> warnings) {
        this.defaultNamespace = defaultNamespace;
        this.scopes = scopes;
        this.warnings = warnings;
        for (Written object : set) {
            if (object.manifest().key().isCustomResourceDefinition()) {
                var spec = object.content().path("spec");
                ofTheSet.put(
                        new GroupKind(
                                spec.path("group").asText(""),
                                spec.path("names").path("kind").asText("")),
                        !spec.path("scope").asText("").equals("Cluster"));
            }
        }
    }

    /** @param content a copy of the object's content, which is changed */
    void resolve(Written object, ObjectNode content) {
        Optional<Boolean> namespaced =
                Optional.ofNullable(ofTheSet.get(object.groupKind())).or(() -> scopes.namespaced(object.groupKind()));
        ObjectNode metadata = (ObjectNode) content.path("metadata");
        String written = metadata.path("namespace").asText("");
        if (namespaced.isEmpty()) {
            unknown.add(object.groupKind());
            return;
        }
        if (!namespaced.get()) {
            metadata.remove("namespace");
            if (!written.isEmpty()) {
                warnings.accept(object.problem(
                        "/metadata/namespace",
                        object.groupKind() + " is cluster-scoped: its namespace \"" + written + "\" is left out"));
            }
        } else if (written.isEmpty()) {
            metadata.put("namespace", defaultNamespace);
        }
    }

    Set<GroupKind> unknownKinds() {
        return unknown;
    }
}
