package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * What templates may ask about the destination cluster.
 *
 * @param kubeVersion such as {@code v1.37.2}; empty means unknown
 * @param apiVersions what it serves, as {@code apps/v1} and {@code apps/v1/Deployment}, sorted
 */
public record ClusterVersion(String kubeVersion, List<String> apiVersions) implements Serializable {
    public static final ClusterVersion UNKNOWN = new ClusterVersion("", List.of());

    public ClusterVersion {
        apiVersions = List.copyOf(apiVersions);
    }
}
