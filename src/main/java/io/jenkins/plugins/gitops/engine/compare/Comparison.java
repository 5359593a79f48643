package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import java.util.List;

/**
 * An application, compared.
 *
 * @param recorded the inventory as it stands in the cluster
 * @param objects by key: desired ones and those that are ours and no longer desired
 * @param warnings what could not be looked at
 */
public record Comparison(ApplySet recorded, List<Compared> objects, List<String> warnings) {
    public Comparison {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
    }
}
