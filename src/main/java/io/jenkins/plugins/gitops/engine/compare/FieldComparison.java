package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.FieldSet;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a live object with the result of its dry-run apply, without what the server keeps for itself (SEMANTICS 4).
 *
 * <p>List items are matched by their merge keys. Which list has which keys is read from the managed fields of both objects,
 * where the server wrote it for every field that somebody owns; a list that nobody owns item by item is atomic.
 */
final class FieldComparison {
    private static final Set<String> SERVER_METADATA =
            Set.of("managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink");
    private static final JsonNode ABSENT = MissingNode.getInstance();

    private final List<Difference> differences = new ArrayList<>();

    private FieldComparison() {}

    static List<Difference> between(ObjectNode dryRun, ObjectNode live) {
        FieldComparison comparison = new FieldComparison();
        FieldSet shape =
                ManagedFields.of(dryRun).all().union(ManagedFields.of(live).all());
        comparison.compare(FieldPath.ROOT, "", own(dryRun), own(live), shape.json());
        return List.copyOf(comparison.differences);
    }

    private static ObjectNode own(ObjectNode object) {
        ObjectNode own = object.objectNode();
        own.setAll(object);
        own.remove("status");
        if (object.path("metadata") instanceof ObjectNode metadata) {
            ObjectNode rest = own.putObject("metadata");
            metadata.properties().forEach(field -> {
                if (!SERVER_METADATA.contains(field.getKey())) {
                    rest.set(field.getKey(), field.getValue());
                }
            });
        }
        return own;
    }

    private void compare(FieldPath path, String pointer, JsonNode desired, JsonNode live, JsonNode shape) {
        if (desired.equals(live)) {
            return;
        }
        boolean mappings = (desired.isObject() || desired.isMissingNode())
                && (live.isObject() || live.isMissingNode())
                && !(desired.isEmpty() && live.isEmpty());
        if (mappings) {
            compareMappings(path, pointer, desired, live, shape);
            return;
        }
        if (desired instanceof ArrayNode desiredList && live instanceof ArrayNode liveList) {
            Optional<List<String>> keys = FieldSet.mergeKeys(shape);
            if (keys.isPresent()) {
                Map<FieldPath.Step, Integer> desiredItems = itemsByKey(desiredList, keys.get());
                Map<FieldPath.Step, Integer> liveItems = itemsByKey(liveList, keys.get());
                if (desiredItems.size() == desiredList.size() && liveItems.size() == liveList.size()) {
                    compareItems(
                            path, pointer, new Items(desiredList, desiredItems), new Items(liveList, liveItems), shape);
                    return;
                }
            } else if (FieldSet.isSet(shape)) {
                Map<FieldPath.Step, Integer> desiredItems = itemsByValue(desiredList);
                Map<FieldPath.Step, Integer> liveItems = itemsByValue(liveList);
                compareItems(
                        path, pointer, new Items(desiredList, desiredItems), new Items(liveList, liveItems), shape);
                return;
            }
        }
        add(path, pointer, desired, live);
    }

    private void compareMappings(FieldPath path, String pointer, JsonNode desired, JsonNode live, JsonNode shape) {
        Set<String> names = new LinkedHashSet<>();
        desired.fieldNames().forEachRemaining(names::add);
        live.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            FieldPath.Field step = new FieldPath.Field(name);
            compare(
                    path.then(step),
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    orAbsent(desired.get(name)),
                    orAbsent(live.get(name)),
                    FieldSet.child(shape, step).orElse(ABSENT));
        }
    }

    /** A list with the index of each item under its key, in list order. */
    private record Items(ArrayNode list, Map<FieldPath.Step, Integer> index) {
        JsonNode get(FieldPath.Step key) {
            return index.containsKey(key) ? list.get(index.get(key)) : ABSENT;
        }

        ArrayNode keysAlsoIn(Items other) {
            ArrayNode keys = JsonNodeFactory.instance.arrayNode();
            index.keySet().stream().filter(other.index::containsKey).forEach(key -> keys.add(key.toString()));
            return keys;
        }
    }

    private void compareItems(FieldPath path, String pointer, Items desired, Items live, JsonNode shape) {
        int before = differences.size();
        Set<FieldPath.Step> keys = new LinkedHashSet<>(desired.index().keySet());
        keys.addAll(live.index().keySet());
        for (FieldPath.Step key : keys) {
            Items at = live.index().containsKey(key) ? live : desired;
            JsonNode desiredItem = desired.get(key);
            JsonNode liveItem = live.get(key);
            String itemPointer = pointer + "/" + at.index().get(key);
            if (desiredItem.isMissingNode() || liveItem.isMissingNode()) {
                add(path.then(key), itemPointer, desiredItem, liveItem);
            } else {
                compare(
                        path.then(key),
                        itemPointer,
                        desiredItem,
                        liveItem,
                        FieldSet.child(shape, key).orElse(ABSENT));
            }
        }
        // Order means something even where keys match: variables of a container refer to those before them.
        ArrayNode desiredOrder = desired.keysAlsoIn(live);
        ArrayNode liveOrder = live.keysAlsoIn(desired);
        if (!desiredOrder.equals(liveOrder)) {
            add(path, pointer, desiredOrder, liveOrder);
        } else if (differences.size() == before) {
            // Equal by key, unequal as lists: duplicates in a set.
            add(path, pointer, desired.list(), live.list());
        }
    }

    private static Map<FieldPath.Step, Integer> itemsByKey(ArrayNode list, List<String> names) {
        Map<FieldPath.Step, Integer> items = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, JsonNode> keys = new LinkedHashMap<>();
            for (String name : names) {
                if (list.get(i).has(name)) {
                    keys.put(name, list.get(i).get(name));
                }
            }
            items.put(new FieldPath.Item(keys), i);
        }
        return items;
    }

    private static Map<FieldPath.Step, Integer> itemsByValue(ArrayNode list) {
        Map<FieldPath.Step, Integer> items = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            items.put(new FieldPath.Value(list.get(i)), i);
        }
        return items;
    }

    private void add(FieldPath path, String pointer, JsonNode desired, JsonNode live) {
        differences.add(new Difference(path, pointer, present(desired), present(live)));
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    private static JsonNode orAbsent(JsonNode node) {
        return node == null ? ABSENT : node;
    }
}
