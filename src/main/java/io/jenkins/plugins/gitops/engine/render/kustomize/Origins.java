package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the annotation by which Kustomize tells where an object comes from (buildMetadata: originAnnotations), and finds its
 * line in that file.
 */
final class Origins {
    /** What it mostly says; a YAML reader for each object is a price that shows. */
    private static final Pattern PATH_ALONE = Pattern.compile("path: ([A-Za-z./][A-Za-z0-9_./-]*\\.ya?ml)\n?");

    static final String ANNOTATION = "config.kubernetes.io/origin";

    private final EditedCopy copy;
    private final boolean kept;
    private final Origin otherwise;
    private final YamlReader reader = new YamlReader();
    private final Map<Path, List<YamlDocument>> files = new HashMap<>();

    /**
     * @param kept whether the kustomization asks for the annotation itself, so that it stays, with the checkout's paths
     * @param otherwise of an object without the annotation
     */
    Origins(EditedCopy copy, boolean kept, Origin otherwise) {
        this.copy = copy;
        this.kept = kept;
        this.otherwise = otherwise;
    }

    /** Reads the annotation, and takes it out of the content unless it is kept. */
    Origin take(ObjectNode content) {
        if (!(content.path("metadata").path("annotations") instanceof ObjectNode annotations)
                || !annotations.path(ANNOTATION).isTextual()) {
            return otherwise;
        }
        String text = annotations.path(ANNOTATION).textValue();
        ObjectNode told = read(text);
        String path = told.path("path").asText(told.path("configuredIn").asText(""));
        boolean remote = told.has("repo");
        Path file = copy.inCheckout(path);
        String relative =
                copy.original().relativize(file.toAbsolutePath()).toString().replace('\\', '/');
        if (kept) {
            annotations.put(ANNOTATION, remote ? text : text.replace(path, relative));
        } else {
            annotations.remove(ANNOTATION);
            if (annotations.isEmpty()) {
                ((ObjectNode) content.path("metadata")).remove("annotations");
            }
        }
        if (path.isEmpty()) {
            return otherwise;
        }
        return remote
                ? new Origin(told.path("repo").asText("") + "//" + path, 0, 0)
                : inFile(file, relative, told.has("path") ? content : told.path("configuredBy"));
    }

    private ObjectNode read(String annotation) {
        Matcher alone = PATH_ALONE.matcher(annotation);
        if (alone.matches()) {
            return JsonNodeFactory.instance.objectNode().put("path", alone.group(1));
        }
        List<YamlDocument> documents =
                reader.read("origin.yaml", annotation.getBytes(StandardCharsets.UTF_8), ignored -> {});
        return documents.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : documents.get(0).content();
    }

    private Origin inFile(Path file, String shown, JsonNode object) {
        List<YamlDocument> documents = files.computeIfAbsent(file, this::documents);
        String kind = object.path("kind").asText("");
        String name = object.path("metadata").path("name").asText("");
        List<YamlDocument> ofKind = documents.stream()
                .filter(document -> document.content().path("kind").asText("").equals(kind))
                .toList();
        // Kustomize puts prefixes and suffixes around names.
        List<YamlDocument> named = ofKind.size() < 2
                ? ofKind
                : ofKind.stream()
                        .filter(document -> name.contains(
                                document.content().path("metadata").path("name").asText("")))
                        .toList();
        if (named.size() == 1) {
            Origin found = named.get(0).origin("");
            return new Origin(shown, found.document(), found.line());
        }
        return new Origin(shown, 0, 0);
    }

    private List<YamlDocument> documents(Path file) {
        try {
            return reader.read(file.toString(), Files.readAllBytes(file), new ArrayList<>()::add);
        } catch (IOException e) {
            // Kustomize could read it; without it only the line is unknown.
            return List.of();
        }
    }
}
