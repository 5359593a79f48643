package io.jenkins.plugins.gitops.engine.render.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.RepositoryCredentials;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The chart repositories that one run of helm may ask, in a configuration made for it: their URLs, and for each the
 * credentials that the host gives, else those that its own helm configuration has for the same URL.
 *
 * @param file in helm's form of {@code repositories.yaml}
 * @param registry credentials for OCI registries, in Docker's form; empty means none
 */
record HelmRepositories(Path file, Optional<Path> registry) {
    private static final String OCI = "oci://";

    /**
     * Writes the configuration.
     *
     * @param home of the run
     * @param urls of HTTP repositories, in the order of {@link #name}
     */
    static HelmRepositories write(Path home, Collection<String> urls, RenderTools tools) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("apiVersion", "");
        var list = content.putArray("repositories");
        for (String url : urls) {
            ObjectNode entry = given(tools, url)
                    .or(() -> known(tools.helmConfiguration(), url))
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            list.add(entry.put("name", name(list.size())).put("url", url));
        }
        return new HelmRepositories(
                write(home.resolve("repositories.yaml"), content.toString()), registry(home, tools));
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ObjectNode> given(RenderTools tools, String url) {
        return tools.inputs().repositories().stream()
                .filter(credentials -> withoutSlash(credentials.url()).equals(withoutSlash(url)))
                .findFirst()
                .map(credentials -> JsonNodeFactory.instance
                        .objectNode()
                        .put("username", credentials.user())
                        .put("password", credentials.password()));
    }

    /** The host's own file, or a copy of it with what the host gives. */
    private static Optional<Path> registry(Path home, RenderTools tools) {
        Optional<Path> own = tools.helmConfiguration()
                .map(folder -> folder.resolve("registry/config.json"))
                .filter(Files::isRegularFile);
        List<RepositoryCredentials> given = tools.inputs().repositories().stream()
                .filter(credentials -> !credentials.url().matches("https?://.*"))
                .toList();
        if (given.isEmpty()) {
            return own;
        }
        ObjectNode config = own.map(HelmRepositories::json).orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode auths = config.withObjectProperty("auths");
        for (RepositoryCredentials credentials : given) {
            String text = credentials.user() + ":" + credentials.password();
            String registry = credentials.url().replaceFirst("^" + OCI, "").replaceFirst("/.*", "");
            auths.putObject(registry)
                    .put("auth", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.of(write(home.resolve("registry.json"), config.toString()));
    }

    private static ObjectNode json(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), ObjectNode.class);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "is no registry configuration: " + e.getMessage());
        }
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
