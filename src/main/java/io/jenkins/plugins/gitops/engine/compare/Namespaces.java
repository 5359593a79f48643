package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the desired namespaces do not exist. Asked beforehand, because a dry run into a missing namespace costs the server
 * fifty times as much as this (SEMANTICS 12).
 */
record Namespaces(Set<String> missing) {
    private static final ApiResource NAMESPACE = new ApiResource("", "v1", "Namespace", "namespaces", false);

    static Namespaces look(Cluster cluster, DesiredSet desired, LiveState live) {
        List<String> names = desired.objects().stream()
                .map(object -> object.key().namespace())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        List<Optional<String>> missing = InParallel.map(
                names, name -> exists(cluster, live, name) ? Optional.<String>empty() : Optional.of(name));
        return new Namespaces(missing.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    boolean isMissing(String namespace) {
        return missing.contains(namespace);
    }

    private static boolean exists(Cluster cluster, LiveState live, String name) {
        if (live.get(new ResourceKey("", "Namespace", "", name)).isPresent()) {
            return true;
        }
        try {
            return cluster.objects().get(NAMESPACE, "", name).isPresent();
        } catch (ApiException | ClusterException e) {
            // Who may not look at a namespace, or gets no answer, may still write into it; the dry run will tell.
            return true;
        }
    }
}
