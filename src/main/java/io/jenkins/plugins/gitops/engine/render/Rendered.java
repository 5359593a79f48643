package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.util.List;
import java.util.Set;

/**
 * The desired set of an application.
 *
 * @param manifests in source order, each with its namespace resolved; no two of one key
 * @param warnings what a person should know although the set is valid
 * @param unknownKinds kinds of which nobody knew whether they are namespaced: their manifests keep the namespace that is
 *     written in them, or none
 */
public record Rendered(List<Manifest> manifests, List<String> warnings, Set<GroupKind> unknownKinds) {
    public Rendered {
        manifests = List.copyOf(manifests);
        warnings = List.copyOf(warnings);
        unknownKinds = Set.copyOf(unknownKinds);
    }

    public Rendered(List<Manifest> manifests, List<String> warnings) {
        this(manifests, warnings, Set.of());
    }
}
