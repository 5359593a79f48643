package io.jenkins.plugins.gitops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Live objects of a text, in its order: documents, and the items of lists. They need no name: only their status counts. */
final class GivenObjects {
    /** What a large cluster prints of one kind. */
    private static final Limits LIMITS = new Limits(256 << 20, 50, 1_000, 200, 50_000_000);

    private final String file;
    private final byte[] text;
    private final List<Problem> problems = new ArrayList<>();

    /** @param file as errors shall name it */
    GivenObjects(String file, byte[] text) {
        this.file = file;
        this.text = text;
    }

    /** @throws InvalidInputException with every problem of the text */
    List<ObjectNode> read() {
        List<byte[]> parts = DocumentParts.of(text);
        if (parts.size() > 1) {
            Optional<List<ObjectNode>> inParallel = readInParallel(parts);
            if (inParallel.isPresent()) {
                return inParallel.get();
            }
        }
        return readAll();
    }

    /** Empty when there is a problem: only in the whole text does it have a line. */
    private Optional<List<ObjectNode>> readInParallel(List<byte[]> parts) {
        try {
            return Optional.of(parts.parallelStream()
                    .map(part -> new GivenObjects(file, part).readAll())
                    .flatMap(List::stream)
                    .toList());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private List<ObjectNode> readAll() {
        List<ObjectNode> objects = new ArrayList<>();
        for (YamlDocument document : new YamlReader(LIMITS).read(file, text, problems::add)) {
            add(document, "", document.content(), objects);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return objects;
    }

    private void add(YamlDocument document, String at, JsonNode node, List<ObjectNode> objects) {
        if (!(node instanceof ObjectNode object)) {
            problems.add(document.problem(at, "is no object: a mapping is expected"));
        } else if (isList(object)) {
            JsonNode items = object.path("items");
            for (int i = 0; i < items.size(); i++) {
                add(document, at + "/items/" + i, withType(object, items.get(i)), objects);
            }
        } else if (object.path("kind").asText().isEmpty()
                || object.path("apiVersion").asText().isEmpty()) {
            String missing = object.path("kind").asText().isEmpty() ? "kind" : "apiVersion";
            problems.add(document.problem(at, "is no Kubernetes object: it has no " + missing));
        } else {
            objects.add(object);
        }
    }

    private static boolean isList(ObjectNode object) {
        JsonNode items = object.path("items");
        return object.path("kind").asText().equals("List")
                        && (items.isArray() || items.isNull() || items.isMissingNode())
                || object.path("kind").asText().endsWith("List") && items.isArray();
    }

    /** Items of a PodList as the API server sends it carry neither apiVersion nor kind. */
    private static JsonNode withType(ObjectNode list, JsonNode item) {
        String kind = list.path("kind").asText().replaceFirst("List$", "");
        if (!item.isObject() || item.has("kind") || kind.isEmpty()) {
            return item;
        }
        ObjectNode typed = JsonNodeFactory.instance.objectNode();
        typed.set("apiVersion", list.path("apiVersion"));
        typed.put("kind", kind);
        return typed.setAll((ObjectNode) item);
    }
}
