package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The administrator who edits a cluster by hand, as kubectl would, without the cost of a process for each edit. Objects are
 * named as {@code Kind name}.
 */
public final class Admin implements AutoCloseable {
    private final KubernetesClient client;
    private final ApiServer api;
    private volatile Discovery discovery;

    public Admin(Path kubeconfig) {
        Config config = Kubeconfig.read(new ClusterConfig(kubeconfig, null, false, 20));
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.api = new ApiServer(client.getHttpClient(), URI.create(config.getMasterUrl()), 20);
        this.discovery = Discovery.ask(api);
    }

    /**
     * @param type {@code strategic}, {@code merge} or {@code json}
     * @param manager the field manager that the change is recorded under
     * @param subresource empty for the object itself
     */
    public void patch(String object, String namespace, String type, JsonNode body, String manager, String subresource) {
        String contentType =
                switch (type) {
                    case "strategic" -> "application/strategic-merge-patch+json";
                    case "merge" -> "application/merge-patch+json";
                    case "json" -> "application/json-patch+json";
                    default -> throw new IllegalArgumentException("no patch type " + type);
                };
        String path = path(object, namespace) + (subresource.isEmpty() ? "" : "/" + subresource);
        api.send("PATCH", path + "?fieldManager=" + manager, contentType, body);
    }

    /** Server-side apply under another field manager. */
    public void apply(JsonNode manifest, String namespace, String manager) {
        api.send(
                "PATCH",
                path(nameOf(manifest), namespace) + "?force=true&fieldManager=" + manager,
                "application/apply-patch+yaml",
                manifest);
    }

    public ObjectNode create(JsonNode manifest, String namespace, String manager) {
        String collection = path(nameOf(manifest), namespace);
        return api.send(
                "POST",
                collection.substring(0, collection.lastIndexOf('/')) + "?fieldManager=" + manager,
                "application/json",
                manifest);
    }

    /** Deletes in the background, as kubectl does. */
    public void delete(String object, String namespace) {
        api.send("DELETE", path(object, namespace), null, null);
    }

    public Optional<ObjectNode> get(String object, String namespace) {
        try {
            return Optional.of(api.get(path(object, namespace)));
        } catch (ApiException e) {
            if (e.status().notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String nameOf(JsonNode manifest) {
        return manifest.path("kind").asText() + "."
                + manifest.path("apiVersion").asText() + " "
                + manifest.path("metadata").path("name").asText();
    }

    /** The kind may carry its apiVersion, as {@code Widget.example.com/v1 one}. */
    private String path(String object, String namespace) {
        String[] words = object.split(" ");
        return find(words[0])
                        .or(() -> {
                            discovery = Discovery.ask(api);
                            return find(words[0]);
                        })
                        .orElseThrow(() -> new IllegalArgumentException("the cluster serves no " + words[0]))
                        .path(namespace)
                + "/" + words[1];
    }

    private Optional<ApiResource> find(String kind) {
        int dot = kind.indexOf('.');
        String name = dot < 0 ? kind : kind.substring(0, dot);
        return dot < 0
                ? discovery.apiVersionsOf(name).stream()
                        .findFirst()
                        .flatMap(apiVersion -> discovery.find(apiVersion, name))
                : discovery.find(kind.substring(dot + 1), name);
    }

    @Override
    public void close() {
        client.close();
    }
}
