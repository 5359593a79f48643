package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.SetChanges.Change;
import io.jenkins.plugins.gitops.engine.report.SetChanges.FieldChange;
import io.jenkins.plugins.gitops.engine.report.SetChanges.ObjectChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two desired sets, without a cluster: list items are matched by {@code name} where all of them have one, else the list is
 * one value otherwise.
 */
public final class SetComparison {
    private static final JsonNode ABSENT = MissingNode.getInstance();

    /** @return the objects that differ, by key */
    public List<ObjectChange> between(List<Manifest> before, List<Manifest> after) {
        Map<ResourceKey, Manifest> old = byKey(before);
        Map<ResourceKey, Manifest> fresh = byKey(after);
        Set<ResourceKey> keys = new TreeSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        List<ObjectChange> changes = new ArrayList<>();
        for (ResourceKey key : keys) {
            if (!old.containsKey(key)) {
                changes.add(new ObjectChange(key, Change.added, List.of()));
            } else if (!fresh.containsKey(key)) {
                changes.add(new ObjectChange(key, Change.removed, List.of()));
            } else {
                List<FieldChange> fields = new ArrayList<>();
                Manifest either = fresh.get(key).hiding(old.get(key).hidden());
                compare(either, FieldPath.ROOT, old.get(key).content(), either.content(), fields);
                if (!fields.isEmpty()) {
                    changes.add(new ObjectChange(key, Change.changed, fields));
                }
            }
        }
        return changes;
    }

    private static Map<ResourceKey, Manifest> byKey(List<Manifest> manifests) {
        Map<ResourceKey, Manifest> result = new TreeMap<>();
        manifests.forEach(manifest -> result.put(manifest.key(), manifest));
        return result;
    }

    /** @param either with what is hidden in either object */
    private static void compare(
            Manifest either, FieldPath path, JsonNode before, JsonNode after, List<FieldChange> changes) {
        if (before.equals(after)) {
            return;
        }
        Map<FieldPath.Step, JsonNode> old = children(before);
        Map<FieldPath.Step, JsonNode> fresh = children(after);
        if (old.isEmpty() || fresh.isEmpty()) {
            boolean masked = SecretMask.hides(either, path, before, after);
            changes.add(new FieldChange(
                    path.toString(), masked ? null : present(before), masked ? null : present(after), masked));
            return;
        }
        int known = changes.size();
        Set<FieldPath.Step> steps = new LinkedHashSet<>(old.keySet());
        steps.addAll(fresh.keySet());
        for (FieldPath.Step step : steps) {
            compare(either, path.then(step), old.getOrDefault(step, ABSENT), fresh.getOrDefault(step, ABSENT), changes);
        }
        if (changes.size() == known && before.isArray()) {
            // The same items in another order.
            boolean masked = SecretMask.hides(either, path, before, after);
            changes.add(new FieldChange(path.toString(), masked ? null : before, masked ? null : after, masked));
        }
    }

    /** What a node consists of; nothing for a scalar, and for a list whose items cannot be told apart by name. */
    private static Map<FieldPath.Step, JsonNode> children(JsonNode node) {
        Map<FieldPath.Step, JsonNode> children = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(field -> children.put(new FieldPath.Field(field.getKey()), field.getValue()));
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                if (!item.path("name").isTextual()
                        || children.put(new FieldPath.Item(Map.of("name", item.get("name"))), item) != null) {
                    return Map.of();
                }
            }
        }
        return children;
    }

    private static JsonNode present(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
