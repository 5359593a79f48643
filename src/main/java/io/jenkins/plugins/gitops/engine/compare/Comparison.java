package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import java.util.List;

/**
 * An application, compared.
 *
 * @param recorded the inventory as it stands in the cluster
 * @param objects by key: desired ones and those that are ours and no longer desired
 * @param warnings what could not be looked at
 * @param namespacesToCreate namespaces that do not exist, no manifest declares, and the option CreateNamespace wants
 * @param rules by which it was compared
 */
public record Comparison(
        ApplySet recorded,
        List<Compared> objects,
        List<String> warnings,
        List<String> namespacesToCreate,
        ComparisonRules rules) {
    public Comparison {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
        namespacesToCreate = List.copyOf(namespacesToCreate);
    }

    /** One by no rules, with nothing to create. */
    public Comparison(ApplySet recorded, List<Compared> objects, List<String> warnings) {
        this(
                recorded,
                objects,
                warnings,
                List.of(),
                new ComparisonRules(IgnoreRules.NONE, false, ObjectOptions.NONE, true));
    }
}
