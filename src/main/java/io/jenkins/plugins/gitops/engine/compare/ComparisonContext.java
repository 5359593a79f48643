package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.SyncOption;

/**
 * What the comparisons of all objects of one application have in common.
 *
 * @param state the live objects
 * @param rules what the application says of comparing
 */
record ComparisonContext(
        Cluster cluster,
        ApplySet recorded,
        DesiredSet desired,
        LiveState state,
        Namespaces namespaces,
        ComparisonRules rules,
        LostRequests lost,
        FastPath fastPath) {
    ObjectOptions optionsOf(Manifest manifest) {
        return ObjectOptions.of(manifest.content(), rules.options());
    }

    /** Whether the namespace that an object lacks is created for it. An application's option means its own namespace alone. */
    boolean createsNamespaceOf(Manifest manifest) {
        boolean own = ObjectOptions.of(manifest.content(), ObjectOptions.NONE).isOn(SyncOption.CreateNamespace);
        boolean destination = manifest.key().namespace().equals(recorded.namespace());
        return own || (destination && optionsOf(manifest).isOn(SyncOption.CreateNamespace));
    }
}
