package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/**
 * A hook and what earlier runs left of it.
 *
 * @param manifest with the label {@link Hook#HOOK_OF}; without a name when each run gets a new one
 * @param resource empty while the kind's CustomResourceDefinition is desired but not served
 * @param earlier the live object of its name, or those that were made of its generateName
 * @param foreign why the live object of its name is not ours to replace; empty when it is
 */
public record DesiredHook(
        Manifest manifest,
        Hook hook,
        Optional<ApiResource> resource,
        List<ObjectNode> earlier,
        Optional<String> foreign) {
    public DesiredHook {
        earlier = List.copyOf(earlier);
    }

    public ResourceKey key() {
        return manifest.key();
    }

    /** Without the objects, which may be Secrets. */
    @Override
    public String toString() {
        return "hook " + manifest;
    }
}
