package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies from the client's side, as {@code kubectl apply} without {@code --server-side} does: what the manifest says is set,
 * what was in the manifest that was applied last and no longer is gets removed, all else stays. A strategic merge patch where
 * the server knows one, so that lists are merged item by item; a JSON merge patch for custom resources, whose lists are
 * replaced as a whole.
 */
public final class ThreeWayPatch {
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";

    private final ObjectApi objects;
    private final ApiResource resource;

    public ThreeWayPatch(ObjectApi objects, ApiResource resource) {
        this.objects = objects;
        this.resource = resource;
    }

    /**
     * @param live as it was read; empty when there is none
     * @return the object as it is, or would be, stored
     * @throws ApiException 404 when there is none any more, 409 when there is one by now
     */
    public ObjectNode write(ObjectNode desired, Optional<ObjectNode> live, ObjectApi.Write write) {
        ObjectNode applied = LastApplied.addedTo(desired);
        if (live.isEmpty()) {
            return objects.create(resource, applied, write);
        }
        try {
            return objects.patch(resource, desired, STRATEGIC, strategic(applied, live.get()), write);
        } catch (ApiException e) {
            if (e.status().code() != 415) {
                throw e;
            }
            return objects.patch(resource, desired, MERGE, merge(applied, live.get()), write);
        }
    }

    /** The manifest, and directives that remove what has left it. */
    static ObjectNode strategic(ObjectNode desired, ObjectNode live) {
        ObjectNode patch = desired.deepCopy();
        ObjectNode before = LastApplied.of(live).orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode shape = ManagedFields.of(live).all().json();
        removeFields(patch, before, desired, shape, true);
        return patch;
    }

    /** The same for a kind of which the server knows no merge keys. */
    static ObjectNode merge(ObjectNode desired, ObjectNode live) {
        ObjectNode patch = desired.deepCopy();
        ObjectNode before = LastApplied.of(live).orElseGet(JsonNodeFactory.instance::objectNode);
        removeFields(patch, before, desired, MissingNode.getInstance(), false);
        return patch;
    }

    private static void removeFields(
            ObjectNode patch, JsonNode before, JsonNode desired, JsonNode shape, boolean listsMerge) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String name = field.getKey();
            if (name.equals(LastApplied.ANNOTATION)) {
                continue;
            }
            JsonNode wanted = desired.path(name);
            JsonNode inner = FieldSet.child(shape, new FieldPath.Field(name)).orElse(MissingNode.getInstance());
            if (wanted.isMissingNode()) {
                patch.putNull(name);
            } else if (field.getValue().isObject() && patch.get(name) instanceof ObjectNode below) {
                removeFields(below, field.getValue(), wanted, inner, listsMerge);
            } else if (listsMerge
                    && field.getValue() instanceof ArrayNode items
                    && patch.get(name) instanceof ArrayNode below) {
                removeItems(patch, name, below, items, inner);
            }
        }
    }

    /** Lists are told apart by their shape in the managed fields: with merge keys, sets, and those that are replaced anyway. */
    private static void removeItems(ObjectNode patch, String name, ArrayNode list, ArrayNode before, JsonNode shape) {
        Optional<List<String>> keys = FieldSet.mergeKeys(shape);
        if (keys.isPresent()) {
            for (JsonNode item : before) {
                ObjectNode key = keyOf(item, keys.get());
                Optional<ObjectNode> same = withKey(list, key);
                if (same.isPresent()) {
                    JsonNode inner = FieldSet.child(shape, new FieldPath.Item(asMap(key)))
                            .orElse(MissingNode.getInstance());
                    removeFields(same.get(), item, same.get().deepCopy(), inner, true);
                } else {
                    list.add(key.put("$patch", "delete"));
                }
            }
        } else if (FieldSet.isSet(shape)) {
            ArrayNode gone = patch.arrayNode();
            before.forEach(value -> {
                if (!contains(list, value)) {
                    gone.add(value);
                }
            });
            if (!gone.isEmpty()) {
                patch.set("$deleteFromPrimitiveList/" + name, gone);
            }
        }
    }

    private static ObjectNode keyOf(JsonNode item, List<String> names) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        names.stream().filter(item::has).forEach(name -> key.set(name, item.get(name)));
        return key;
    }

    private static Optional<ObjectNode> withKey(ArrayNode list, ObjectNode key) {
        for (JsonNode item : list) {
            boolean same =
                    key.properties().stream().allMatch(part -> part.getValue().equals(item.get(part.getKey())));
            if (same && item instanceof ObjectNode object && !object.has("$patch")) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    private static Map<String, JsonNode> asMap(ObjectNode key) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        key.properties().forEach(part -> map.put(part.getKey(), part.getValue()));
        return map;
    }

    private static boolean contains(ArrayNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
