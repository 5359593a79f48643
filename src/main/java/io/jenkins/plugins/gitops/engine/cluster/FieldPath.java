package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way to a field, in the terms of server-side apply: list items by their merge keys where the schema has some.
 *
 * <p>Its text form is that of the API server's conflict messages, without the leading dot:
 * {@code spec.containers[name="web"].image}, {@code metadata.labels["app.kubernetes.io/name"]}.
 */
public record FieldPath(List<Step> steps) {
    public static final FieldPath ROOT = new FieldPath(List.of());

    /** One step down. */
    public sealed interface Step {}

    /** Into a mapping. */
    public record Field(String name) implements Step {
        @Override
        public String toString() {
            return name.matches("[A-Za-z_$][A-Za-z0-9_$-]*") ? "." + name : "[\"" + name + "\"]";
        }
    }

    /** To the list item with these merge keys. */
    public record Item(Map<String, JsonNode> keys) implements Step {
        @Override
        public String toString() {
            return keys.entrySet().stream()
                    .map(key -> key.getKey() + "=" + key.getValue())
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** To the item of a set that has this value. */
    public record Value(JsonNode value) implements Step {
        @Override
        public String toString() {
            return "[=" + value + "]";
        }
    }

    public FieldPath {
        steps = List.copyOf(steps);
    }

    public FieldPath then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    public static FieldPath of(String... fields) {
        FieldPath path = ROOT;
        for (String field : fields) {
            path = path.then(new Field(field));
        }
        return path;
    }

    public boolean startsWith(FieldPath prefix) {
        return steps.size() >= prefix.steps.size()
                && steps.subList(0, prefix.steps.size()).equals(prefix.steps);
    }

    /** Where the field is in an object; empty when the object has no such field. */
    public Optional<Found> in(JsonNode object) {
        JsonNode at = object;
        StringBuilder pointer = new StringBuilder();
        for (Step step : steps) {
            int index = -1;
            JsonNode child =
                    switch (step) {
                        case Field field -> at.get(field.name());
                        case Item item -> at.get(index = indexOf(at, item));
                        case Value value -> at.get(index = indexOf(at, value));
                    };
            if (child == null) {
                return Optional.empty();
            }
            String name = step instanceof Field field
                    ? field.name().replace("~", "~0").replace("/", "~1")
                    : Integer.toString(index);
            pointer.append('/').append(name);
            at = child;
        }
        return Optional.of(new Found(pointer.toString(), at));
    }

    /** A field's place, as a JSON pointer, and its value. */
    public record Found(String pointer, JsonNode value) {
        /** Without the value, which may be of a Secret. */
        @Override
        public String toString() {
            return pointer;
        }
    }

    private static int indexOf(JsonNode list, Item item) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode candidate = list.get(i);
            if (candidate != null
                    && item.keys().entrySet().stream()
                            .allMatch(key -> key.getValue().equals(candidate.get(key.getKey())))) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(JsonNode list, Value value) {
        for (int i = 0; i < list.size(); i++) {
            if (value.value().equals(list.get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        String text = steps.stream().map(Step::toString).collect(Collectors.joining());
        return text.startsWith(".") ? text.substring(1) : text;
    }
}
