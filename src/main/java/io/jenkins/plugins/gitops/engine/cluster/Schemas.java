package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the OpenAPI v3 schemas of a cluster's own kinds tell and managed fields do not. Each group's version is asked for once,
 * when its kinds are first {@link #learn learned}: a document of 0.3 to 1.6 MB, of which little is kept.
 *
 * <p>Kinds of CustomResourceDefinitions are left out: their schemas can change at any time, and what the server publishes of
 * them lags behind.
 */
public final class Schemas {
    /** The groups that kube-apiserver serves itself; their schemas change with its version only. */
    private static final Set<String> BUILT_IN = Set.of(
            "",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private final ApiServer api;
    private final Map<GroupVersion, Map<String, AtomicMaps>> kinds = new ConcurrentHashMap<>();
    private final ReentrantLock learning = new ReentrantLock();

    private record GroupVersion(String group, String version) {
        static GroupVersion of(ApiResource resource) {
            return new GroupVersion(resource.group(), resource.version());
        }

        String path() {
            return "/openapi/v3/" + (group.isEmpty() ? "api/" : "apis/" + group + "/") + version;
        }
    }

    Schemas(ApiServer api) {
        this.api = api;
    }

    /**
     * Asks for the schemas of a kind's group and version, unless they are known. A server that does not show them is not asked
     * again.
     *
     * @throws ClusterException when the server does not answer
     */
    public void learn(ApiResource resource) {
        GroupVersion version = GroupVersion.of(resource);
        if (!BUILT_IN.contains(resource.group()) || kinds.containsKey(version)) {
            return;
        }
        learning.lock();
        try {
            if (!kinds.containsKey(version)) {
                kinds.put(version, ask(version));
            }
        } finally {
            learning.unlock();
        }
    }

    private Map<String, AtomicMaps> ask(GroupVersion version) {
        try {
            return AtomicMaps.ofKinds(api.get(version.path()), version.group(), version.version());
        } catch (ApiException notShown) {
            return Map.of();
        }
    }

    /** Whether a learned schema says that a mapping has one owner as a whole. */
    public boolean isAtomicMap(ApiResource resource, FieldPath path) {
        return kinds.getOrDefault(GroupVersion.of(resource), Map.of())
                .getOrDefault(resource.kind(), AtomicMaps.NONE)
                .isAtomic(path);
    }
}
