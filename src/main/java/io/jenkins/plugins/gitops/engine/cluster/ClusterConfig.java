package io.jenkins.plugins.gitops.engine.cluster;

import java.nio.file.Path;

/**
 * How a cluster is found from a kubeconfig.
 *
 * @param kubeconfig null means what kubectl would take: {@code KUBECONFIG}, else {@code ~/.kube/config}
 * @param context null or empty means the kubeconfig's current context
 * @param allowExec whether the kubeconfig may run a program for its credentials; only right where the kubeconfig belongs to
 *     the person who runs this process
 * @param requestsInFlight bound on concurrent requests
 */
public record ClusterConfig(Path kubeconfig, String context, boolean allowExec, int requestsInFlight) {
    public static final int DEFAULT_REQUESTS_IN_FLIGHT = 20;
}
