package io.jenkins.plugins.gitops.engine.render.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The chart repositories that one run of helm may ask, in a configuration made for it: their URLs, and the credentials that
 * the host's own helm configuration has for the same URLs.
 *
 * @param file in helm's form of {@code repositories.yaml}
 * @param registry the host's credentials for OCI registries; empty means none
 */
record HelmRepositories(Path file, Optional<Path> registry) {
    /** @param host the host's helm configuration, a folder; empty means that there is none */
    static HelmRepositories write(Path file, Collection<String> urls, Optional<Path> host) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("apiVersion", "");
        var list = content.putArray("repositories");
        for (String url : urls) {
            ObjectNode entry = known(host, url).orElseGet(JsonNodeFactory.instance::objectNode);
            list.add(entry.put("name", name(list.size())).put("url", url));
        }
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, content.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HelmRepositories(
                file, host.map(folder -> folder.resolve("registry/config.json")).filter(Files::isRegularFile));
    }

    /** The name of the repository that was given at this place. */
    static String name(int index) {
        return "repository-" + index;
    }

    private static Optional<ObjectNode> known(Optional<Path> host, String url) {
        Optional<Path> file =
                host.map(folder -> folder.resolve("repositories.yaml")).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            for (YamlDocument document : new YamlReader().read(file.get().toString(), Files.readAllBytes(file.get()))) {
                for (JsonNode entry : document.content().path("repositories")) {
                    if (withoutSlash(entry.path("url").asText("")).equals(withoutSlash(url))) {
                        return Optional.of((ObjectNode) entry.deepCopy());
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HELM_REPOSITORY_CONFIG", file.toString());
        registry.ifPresent(path -> environment.put("HELM_REGISTRY_CONFIG", path.toString()));
        return environment;
    }
}
