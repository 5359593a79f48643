package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.FieldSet;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The fields of a live object that our last apply declared, by the managed fields, and their values. When a desired object
 * declares exactly these fields with exactly these values, an apply of it changes nothing.
 *
 * @param live the object
 * @param atomicMaps tells of a path whether it is certain that a mapping there is owned as a whole
 */
record AppliedFields(ObjectNode live, ManagedFields owners, Predicate<FieldPath> atomicMaps) {
    /** What an apply identifies the object by; the server keeps it out of the managed fields. */
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind");

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final Set<String> IDENTITY_IN_METADATA = Set.of("name", "namespace");

    static AppliedFields of(ObjectNode live, Predicate<FieldPath> atomicMaps) {
        return new AppliedFields(live, ManagedFields.of(live), atomicMaps);
    }

    /** False also when it is not certain. */
    boolean areExactly(ObjectNode desired) {
        Optional<ManagedFields.Entry> ours = owners.ourApply();
        String apiVersion = desired.path("apiVersion").asText();
        return ours.isPresent()
                && owners.awaitingMigration().isEmpty()
                && ours.get().apiVersion().equals(apiVersion)
                && live.path("apiVersion").asText().equals(apiVersion)
                && sameMapping(
                        FieldPath.ROOT,
                        IDENTITY,
                        desired,
                        live,
                        ours.get().fields().json());
    }

    private boolean same(FieldPath path, JsonNode desired, JsonNode live, JsonNode ours) {
        if (!FieldSet.namesFieldsBelow(ours)) {
            return desired.equals(live) && isWhole(path, desired);
        }
        if (desired instanceof ObjectNode wanted && live instanceof ObjectNode found) {
            Set<String> identity = path.equals(METADATA) ? IDENTITY_IN_METADATA : Set.of();
            return sameMapping(path, identity, wanted, found, ours);
        }
        if (desired instanceof ArrayNode wanted && live instanceof ArrayNode found) {
            return FieldSet.isSet(ours)
                    ? sameSet(wanted, found, ours)
                    : sameItems(path, wanted, found, FieldSet.items(ours));
        }
        return false;
    }

    /**
     * Whether our entry owns all of a value whose node names no field below. A node looks like that also when it was applied
     * empty and was filled later, by another manager or by defaults.
     */
    private boolean isWhole(FieldPath path, JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        if (!value.isContainerNode() || value.isEmpty()) {
            return true;
        }
        boolean sharedBelow = owners.entries().stream()
                .anyMatch(entry -> FieldSet.namesFieldsBelow(entry.fields().at(path)));
        // The server gives no list its items by default.
        return !sharedBelow && (value.isArray() || atomicMaps.test(path));
    }

    private boolean sameMapping(
            FieldPath path, Set<String> identity, ObjectNode desired, ObjectNode live, JsonNode ours) {
        int declared = 0;
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            FieldPath.Field step = new FieldPath.Field(field.getKey());
            if (identity.contains(step.name())) {
                continue;
            }
            Optional<JsonNode> owned = FieldSet.child(ours, step);
            JsonNode found = live.get(step.name());
            if (owned.isEmpty() || found == null || !same(path.then(step), field.getValue(), found, owned.get())) {
                return false;
            }
            declared++;
        }
        return declared == fieldsNamedBy(ours);
    }

    /** Items that are matched by keys: each once in Git and once in the live list, and there in Git's order. */
    private boolean sameItems(FieldPath path, ArrayNode desired, ArrayNode live, Map<FieldPath.Item, JsonNode> ours) {
        int before = -1;
        for (JsonNode item : desired) {
            List<FieldPath.Item> candidates =
                    ours.keySet().stream().filter(key -> mayBe(item, key)).toList();
            if (candidates.size() != 1) {
                return false;
            }
            FieldPath.Item key = candidates.get(0);
            int at = onlyIndex(live, key);
            JsonNode owned = ours.get(key);
            if (at <= before || !owned.has(".") || !same(path.then(key), item, live.get(at), owned)) {
                return false;
            }
            before = at;
        }
        return desired.size() == ours.size();
    }

    /** A key that Git leaves out has its default. */
    private static boolean mayBe(JsonNode item, FieldPath.Item key) {
        return key.keys().entrySet().stream()
                .allMatch(part -> !item.has(part.getKey()) || part.getValue().equals(item.get(part.getKey())));
    }

    /** Where the one live item with these keys is; -1 when there is none, or several. */
    private static int onlyIndex(ArrayNode live, FieldPath.Item key) {
        int found = -1;
        for (int i = 0; i < live.size(); i++) {
            JsonNode item = live.get(i);
            boolean matches = key.keys().entrySet().stream()
                    .allMatch(part -> part.getValue().equals(item.get(part.getKey())));
            if (matches && found >= 0) {
                return -1;
            }
            if (matches) {
                found = i;
            }
        }
        return found;
    }

    private static boolean sameSet(ArrayNode desired, ArrayNode live, JsonNode ours) {
        int before = -1;
        for (JsonNode value : desired) {
            int at = -1;
            for (int i = 0; i < live.size(); i++) {
                if (live.get(i).equals(value)) {
                    at = at >= 0 ? -2 : i;
                }
            }
            if (at <= before || FieldSet.child(ours, new FieldPath.Value(value)).isEmpty()) {
                return false;
            }
            before = at;
        }
        return desired.size() == fieldsNamedBy(ours);
    }

    private static int fieldsNamedBy(JsonNode node) {
        int named = 0;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            named += names.next().equals(".") ? 0 : 1;
        }
        return named;
    }

    /** Without the object, which may be a Secret. */
    @Override
    public String toString() {
        return "applied fields of " + live.path("kind").asText() + " "
                + live.path("metadata").path("name").asText();
    }
}
