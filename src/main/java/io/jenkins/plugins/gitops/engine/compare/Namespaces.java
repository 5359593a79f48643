package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;
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
        List<Boolean> exist = InParallel.map(names, name -> exists(cluster, live, name));
        return new Namespaces(
                names.stream().filter(name -> !exist.get(names.indexOf(name))).collect(Collectors.toSet()));
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
        } catch (ApiException e) {
            // Who may not look at namespaces may still write into one; the dry run will tell.
            if (e.status().unauthorized()) {
                return true;
            }
            throw e;
        }
    }
}
