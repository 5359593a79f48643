package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Hook;
import java.util.List;
import java.util.Optional;

/** What hooks of any earlier run left: of an application that is gone nobody needs them. */
record HookLeftovers(Cluster cluster, ApplySet recorded) {
    /** Looks where the inventory says that hooks were; one that cannot be deleted stays. */
    void delete() {
        for (GroupKind kind : recorded.hooks().groupKinds()) {
            Optional<ApiResource> resource = cluster.discovery().find(kind);
            if (resource.isPresent() && resource.get().namespaced()) {
                recorded.hooks().namespaces().forEach(namespace -> delete(resource.get(), namespace));
            } else {
                resource.ifPresent(found -> delete(found, ""));
            }
        }
    }

    private void delete(ApiResource resource, String namespace) {
        List<ObjectNode> left = cluster.objects().list(resource, namespace, Hook.HOOK_OF + "=" + recorded.id());
        for (ObjectNode object : left) {
            try {
                cluster.objects()
                        .delete(
                                resource,
                                object.path("metadata").path("namespace").asText(""),
                                object.path("metadata").path("name").asText(),
                                object.path("metadata").path("uid").asText());
            } catch (ApiException e) {
                if (!e.status().notFound()) {
                    throw e;
                }
            }
        }
    }
}
