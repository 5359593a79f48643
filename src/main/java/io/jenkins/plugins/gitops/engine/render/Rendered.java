package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
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
 * @param secrets all secret texts that the rendering knew, those too that no manifest holds: a live object may hold them still
 */
public record Rendered(
        List<Manifest> manifests, List<String> warnings, Set<GroupKind> unknownKinds, HiddenTexts secrets) {
    public Rendered {
        manifests = List.copyOf(manifests);
        warnings = List.copyOf(warnings);
        unknownKinds = Set.copyOf(unknownKinds);
    }

    /** One of which the manifests alone say what is secret. */
    public Rendered(List<Manifest> manifests, List<String> warnings, Set<GroupKind> unknownKinds) {
        this(
                manifests,
                warnings,
                unknownKinds,
                HiddenTexts.of(manifests.stream()
                        .flatMap(manifest -> manifest.hidden().texts().stream())
                        .toList()));
    }

    public Rendered(List<Manifest> manifests, List<String> warnings) {
        this(manifests, warnings, Set.of());
    }
}
