package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.Optional;

/** A labelled manifest and how the cluster serves its kind; not at all while its CustomResourceDefinition is only desired. */
record DesiredObject(Manifest manifest, Optional<ApiResource> resource) {
    ResourceKey key() {
        return manifest.key();
    }
}
