package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A set of fields in the wire form of managedFields (meta/v1 FieldsV1): {@code f:name} is a field, {@code k:{…}} a list item
 * by merge keys, {@code v:…} a set item, {@code .} the node itself. A view on JSON; never changes it.
 */
public final class FieldSet {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    public static final FieldSet EMPTY = new FieldSet(MissingNode.getInstance());

    private final JsonNode node;

    FieldSet(JsonNode node) {
        this.node = node;
    }

    /**
     * Whether the field, or anything below it, is in the set. A node without children owns all below it: an atomic list or
     * map, or a scalar.
     */
    public boolean contains(FieldPath path) {
        return depthOf(path).isPresent();
    }

    /**
     * How many steps of the path the set names; fewer than all when it is a node above that owns the field. Empty when the set
     * does not contain the path. An entry that lost all fields below a mapping keeps the mapping's own node, which looks like an
     * atomic one: of several entries the one with the greatest depth is the owner.
     */
    OptionalInt depthOf(FieldPath path) {
        JsonNode at = node;
        int depth = 0;
        for (FieldPath.Step step : path.steps()) {
            if (at.isMissingNode()) {
                return OptionalInt.empty();
            }
            Optional<JsonNode> child = child(at, step);
            if (child.isEmpty()) {
                return at != node && at.isEmpty() ? OptionalInt.of(depth) : OptionalInt.empty();
            }
            at = child.get();
            depth++;
        }
        return at.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(depth);
    }

    /** The names of the merge keys of a list at this node; empty when the list is atomic or a set. */
    public static Optional<List<String>> mergeKeys(JsonNode listNode) {
        for (Map.Entry<String, JsonNode> child : listNode.properties()) {
            if (child.getKey().startsWith("k:")) {
                return Optional.of(
                        new ArrayList<>(keys(child.getKey().substring(2)).keySet()));
            }
        }
        return Optional.empty();
    }

    /** Whether a list at this node is a set of scalars. */
    public static boolean isSet(JsonNode listNode) {
        return listNode.properties().stream().anyMatch(child -> child.getKey().startsWith("v:"));
    }

    /** The items of a list at this node, by their merge keys. */
    public static Map<FieldPath.Item, JsonNode> items(JsonNode listNode) {
        Map<FieldPath.Item, JsonNode> items = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> child : listNode.properties()) {
            if (child.getKey().startsWith("k:")) {
                items.put(new FieldPath.Item(keys(child.getKey().substring(2))), child.getValue());
            }
        }
        return items;
    }

    /** The node at a path; missing when the set names nothing there. */
    public JsonNode at(FieldPath path) {
        JsonNode at = node;
        for (FieldPath.Step step : path.steps()) {
            at = child(at, step).orElse(MissingNode.getInstance());
        }
        return at;
    }

    /** Whether a node of this wire form names any field below itself. */
    public static boolean namesFieldsBelow(JsonNode node) {
        return node.properties().stream().anyMatch(child -> !child.getKey().equals("."));
    }

    /** Every field of the set that has none below it. */
    public void forEachLeaf(Consumer<FieldPath> leaf) {
        walk(node, FieldPath.ROOT, leaf);
    }

    /** The fields of both, as one set. */
    public FieldSet union(FieldSet other) {
        if (node.isMissingNode()) {
            return other;
        }
        ObjectNode merged = node.deepCopy();
        merge(merged, other.node);
        return new FieldSet(merged);
    }

    public JsonNode json() {
        return node;
    }

    /** The child of a FieldsV1 node under a step, or an empty answer. */
    public static Optional<JsonNode> child(JsonNode at, FieldPath.Step step) {
        return switch (step) {
            case FieldPath.Field field -> Optional.ofNullable(at.get("f:" + field.name()));
            case FieldPath.Value value -> Optional.ofNullable(at.get("v:" + value.value()));
            case FieldPath.Item item ->
                at.properties().stream()
                        .filter(child -> child.getKey().startsWith("k:"))
                        .filter(child -> keys(child.getKey().substring(2)).equals(item.keys()))
                        .map(Map.Entry::getValue)
                        .findFirst();
        };
    }

    private static void walk(JsonNode at, FieldPath path, Consumer<FieldPath> leaf) {
        boolean any = false;
        for (Map.Entry<String, JsonNode> child : at.properties()) {
            Optional<FieldPath.Step> step = step(child.getKey());
            if (step.isPresent()) {
                any = true;
                walk(child.getValue(), path.then(step.get()), leaf);
            }
        }
        if (!any && !path.steps().isEmpty()) {
            leaf.accept(path);
        }
    }

    private static Optional<FieldPath.Step> step(String key) {
        if (key.startsWith("f:")) {
            return Optional.of(new FieldPath.Field(key.substring(2)));
        }
        if (key.startsWith("k:")) {
            return Optional.of(new FieldPath.Item(keys(key.substring(2))));
        }
        if (key.startsWith("v:")) {
            return Optional.of(new FieldPath.Value(parse(key.substring(2))));
        }
        return Optional.empty();
    }

    private static Map<String, JsonNode> keys(String json) {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        parse(json).properties().forEach(key -> keys.put(key.getKey(), key.getValue()));
        return keys;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server wrote a managed field that is no JSON: " + json, e);
        }
    }

    private static void merge(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> child : from.properties()) {
            if (into.get(child.getKey()) instanceof ObjectNode existing) {
                merge(existing, child.getValue());
            } else {
                into.set(child.getKey(), child.getValue().deepCopy());
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && node.equals(set.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }
}
