package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Override
    public String toString() {
        String text = steps.stream().map(Step::toString).collect(Collectors.joining());
        return text.startsWith(".") ? text.substring(1) : text;
    }
}
