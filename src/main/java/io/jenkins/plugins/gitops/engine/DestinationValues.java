package io.jenkins.plugins.gitops.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Substitution.ValuesFrom;
import io.jenkins.plugins.gitops.engine.render.substitute.ValueObjects;
import java.util.Optional;

/**
 * Values of variables from ConfigMaps and Secrets of the destination's namespace, and of no other. Refused where the
 * application may not have such objects: what it may not write it may not read.
 */
record DestinationValues(Cluster cluster, Permissions permissions, String namespace) implements ValueObjects {
    @Override
    public Optional<ObjectNode> find(ValuesFrom from) {
        GroupKind kind = new GroupKind("", from.kind().name());
        ResourceKey key = new ResourceKey(kind, namespace, from.name());
        permissions.refusal(key).ifPresent(why -> {
            throw new RefusedException("values of variables from " + key + ": " + why);
        });
        ApiResource resource = cluster.discovery()
                .find(kind)
                .orElseThrow(() -> new InvalidInputException("substitute.from", "the cluster serves no " + kind));
        try {
            return cluster.objects().get(resource, namespace, from.name());
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                throw new RefusedException("values of variables from " + key + " may not be read: " + e.getMessage());
            }
            throw e;
        }
    }
}
