package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.model.GroupKind;

/** A kind that the cluster serves, in one version. */
public record ApiResource(String group, String version, String kind, String plural, boolean namespaced) {
    public GroupKind groupKind() {
        return new GroupKind(group, kind);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The collection's path; {@code namespace} is ignored for cluster-scoped kinds, and empty means all namespaces. */
    String path(String namespace) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "") + "/" + plural;
    }
}
