package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the cluster serves, from the aggregated discovery documents (KEP-3352, two requests). A value: made anew when a
 * CustomResourceDefinition has been established.
 */
public final class Discovery {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    /** By kind, the preferred version first. */
    private final Map<GroupKind, Map<String, ApiResource>> kinds;

    /** Groups of an aggregated API server that did not answer when the cluster asked it: what they serve is not known. */
    private final Set<String> silentGroups;

    private final List<String> served;

    private Discovery(Map<GroupKind, Map<String, ApiResource>> kinds, Set<String> silentGroups, Set<String> served) {
        this.kinds = kinds;
        this.silentGroups = Set.copyOf(silentGroups);
        this.served = List.copyOf(served);
    }

    static Discovery ask(ApiServer api) {
        Map<GroupKind, Map<String, ApiResource>> kinds = new LinkedHashMap<>();
        Set<String> silentGroups = new HashSet<>();
        Set<String> served = new TreeSet<>();
        for (String path : List.of("/api", "/apis")) {
            JsonNode list = list(api, path);
            if (!list.path("kind").asText().equals("APIGroupDiscoveryList")) {
                throw new ClusterException("the cluster at " + api.url()
                        + " has no aggregated discovery; Kubernetes 1.27 or newer is needed");
            }
            for (JsonNode group : list.path("items")) {
                String name = group.path("metadata").path("name").asText("");
                for (JsonNode version : group.path("versions")) {
                    readVersion(kinds, name, version);
                    readServed(served, name, version);
                    if (version.path("freshness").asText().equals("Stale")) {
                        silentGroups.add(name);
                    }
                }
            }
        }
        return new Discovery(kinds, silentGroups, served);
    }

    private static JsonNode list(ApiServer api, String path) {
        try {
            return api.get(path, AGGREGATED);
        } catch (ApiException e) {
            throw new ClusterException(
                    "the cluster at " + api.url() + " does not tell which kinds it serves: " + e.getMessage(), e);
        }
    }

    private static void readServed(Set<String> served, String group, JsonNode version) {
        String apiVersion =
                (group.isEmpty() ? "" : group + "/") + version.path("version").asText();
        served.add(apiVersion);
        for (JsonNode resource : version.path("resources")) {
            String kind = resource.path("responseKind").path("kind").asText("");
            if (!kind.isEmpty()) {
                served.add(apiVersion + "/" + kind);
            }
        }
    }

    private static void readVersion(Map<GroupKind, Map<String, ApiResource>> kinds, String group, JsonNode version) {
        String name = version.path("version").asText();
        for (JsonNode resource : version.path("resources")) {
            JsonNode responseKind = resource.path("responseKind");
            String kind = responseKind.path("kind").asText("");
            boolean addressable = resource.path("verbs").toString().contains("\"get\"");
            if (kind.isEmpty() || !addressable) {
                continue;
            }
            ApiResource served = new ApiResource(
                    group,
                    name,
                    kind,
                    resource.path("resource").asText(),
                    resource.path("scope").asText().equals("Namespaced"));
            kinds.computeIfAbsent(served.groupKind(), any -> new LinkedHashMap<>())
                    .putIfAbsent(name, served);
        }
    }

    /** All that is served, as {@code apps/v1} and {@code apps/v1/Deployment}, sorted: what a Helm chart may ask. */
    public List<String> served() {
        return served;
    }

    /** The resource of exactly this version. */
    public Optional<ApiResource> find(String apiVersion, String kind) {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return Optional.ofNullable(kinds.getOrDefault(new GroupKind(GroupKind.groupOf(apiVersion), kind), Map.of())
                .get(version));
    }

    /** The resource in the version that the server prefers. */
    public Optional<ApiResource> find(GroupKind kind) {
        return kinds.getOrDefault(kind, Map.of()).values().stream().findFirst();
    }

    /** The kinds of some groups, each in the version that the server prefers. */
    public List<ApiResource> inGroups(Predicate<String> group) {
        return kinds.entrySet().stream()
                .filter(entry -> group.test(entry.getKey().group()))
                .flatMap(entry -> entry.getValue().values().stream().limit(1))
                .toList();
    }

    /** Whether the API server behind a group does not answer, so that a kind may be served although nothing says so. */
    public boolean isSilent(String group) {
        return silentGroups.contains(group);
    }

    /** The apiVersions in which any group serves a kind of this name: what an error can suggest. */
    public List<String> apiVersionsOf(String kind) {
        return kinds.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals(kind))
                .flatMap(entry -> entry.getValue().values().stream())
                .map(ApiResource::apiVersion)
                .toList();
    }
}
