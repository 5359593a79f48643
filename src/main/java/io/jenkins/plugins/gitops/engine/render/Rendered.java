package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.util.List;

/**
 * The desired set of an application.
 *
 * @param manifests in source order, each with its namespace resolved; no two of one key
 * @param warnings what a person should know although the set is valid
 */
public record Rendered(List<Manifest> manifests, List<String> warnings) {
    public Rendered {
        manifests = List.copyOf(manifests);
        warnings = List.copyOf(warnings);
    }
}
