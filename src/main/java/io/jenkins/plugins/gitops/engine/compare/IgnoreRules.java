package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.FieldSet;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes ignored fields out of what is applied, once the live object exists (SEMANTICS 4). What is not applied is not compared
 * either. A field that only we own keeps its live value in the apply: left out, server-side apply would delete it.
 */
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<IgnoreRule> rules;
    private final Map<String, JqPaths> expressions = new LinkedHashMap<>();

    /** @throws InvalidInputException naming every rule that is no rule */
    public IgnoreRules(List<IgnoreRule> rules) {
        this.rules = List.copyOf(rules);
        List<Problem> problems = new ArrayList<>();
        for (IgnoreRule rule : rules) {
            for (String pointer : rule.jsonPointers()) {
                if (!pointer.startsWith("/")) {
                    problems.add(new Problem(
                            "ignore rule",
                            "\"" + pointer + "\" is no JSON pointer: it must begin with /, as /spec/replicas"));
                }
            }
            for (String expression : rule.jqPathExpressions()) {
                try {
                    expressions.put(expression, new JqPaths(expression));
                } catch (InvalidInputException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** The desired object as it is applied over a live one. */
    ObjectNode apply(ResourceKey key, ObjectNode desired, ObjectNode live) {
        List<IgnoreRule> matching =
                rules.stream().filter(rule -> rule.matches(key)).toList();
        if (matching.isEmpty()) {
            return desired;
        }
        ObjectNode result = desired.deepCopy();
        ManagedFields owners = ManagedFields.of(live);
        FieldSet shape = owners.all();
        FieldSet ours = owners.ourApply().map(ManagedFields.Entry::fields).orElse(FieldSet.EMPTY);
        for (String pointer : pointers(matching, desired, owners)) {
            FieldPath path = pathOf(pointer, desired, shape);
            var liveField = path.in(live);
            if (liveField.isPresent() && ours.contains(path)) {
                replace(result, pointer, liveField.get().value());
            } else {
                remove(result, pointer);
                removeEmptied(result, JsonPointer.compile(pointer).head(), desired, shape, ours);
            }
        }
        return result;
    }

    /** A mapping that held nothing but ignored fields is no field of Git's either: applied empty, it would become ours. */
    private static void removeEmptied(
            ObjectNode result, JsonPointer mapping, JsonNode desired, FieldSet shape, FieldSet ours) {
        JsonPointer at = mapping;
        while (!at.matches()
                && result.at(at) instanceof ObjectNode emptied
                && emptied.isEmpty()
                && !ours.contains(pathOf(at.toString(), desired, shape))) {
            remove(result, at.toString());
            at = at.head();
        }
    }

    /** Into the desired object; deeper and later list items first, so that removing one does not move the others. */
    private List<String> pointers(List<IgnoreRule> matching, ObjectNode desired, ManagedFields owners) {
        Set<String> pointers = new LinkedHashSet<>();
        for (IgnoreRule rule : matching) {
            rule.jsonPointers().stream()
                    .filter(pointer -> !desired.at(pointer).isMissingNode())
                    .forEach(pointers::add);
            rule.jqPathExpressions()
                    .forEach(expression -> expressions.get(expression).in(desired).stream()
                            .filter(pointer ->
                                    !pointer.isEmpty() && !desired.at(pointer).isMissingNode())
                            .forEach(pointers::add));
            owners.entries().stream()
                    .filter(entry -> rule.managedFieldsManagers().contains(entry.manager()))
                    .forEach(entry -> entry.fields()
                            .forEachLeaf(path -> path.in(desired)
                                    .filter(found -> !found.value().isObject())
                                    .ifPresent(found -> pointers.add(found.pointer()))));
        }
        return pointers.stream()
                .sorted(Comparator.comparing(IgnoreRules::sortable).reversed())
                .toList();
    }

    /** List indices of equal length, so that text order is list order. */
    private static String sortable(String pointer) {
        StringBuilder sortable = new StringBuilder();
        for (String step : pointer.split("/")) {
            sortable.append('/').append(step.matches("\\d{1,9}") ? "%09d".formatted(Integer.parseInt(step)) : step);
        }
        return sortable.toString();
    }

    /** The same place in the terms of server-side apply: list items by the merge keys that the live object shows. */
    private static FieldPath pathOf(String pointer, JsonNode desired, FieldSet shape) {
        FieldPath path = FieldPath.ROOT;
        JsonNode at = desired;
        JsonNode fields = shape.json();
        for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
            FieldPath.Step step = step(at, rest, fields);
            at = at.isArray() ? at.path(rest.getMatchingIndex()) : at.path(rest.getMatchingProperty());
            fields = FieldSet.child(fields, step).orElse(MissingNode.getInstance());
            path = path.then(step);
        }
        return path;
    }

    private static FieldPath.Step step(JsonNode at, JsonPointer rest, JsonNode fields) {
        if (!at.isArray()) {
            return new FieldPath.Field(rest.getMatchingProperty());
        }
        JsonNode item = at.path(rest.getMatchingIndex());
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        FieldSet.mergeKeys(fields)
                .ifPresent(names -> names.stream().filter(item::has).forEach(name -> keys.put(name, item.get(name))));
        return keys.isEmpty() ? new FieldPath.Value(item) : new FieldPath.Item(keys);
    }

    private static void replace(ObjectNode object, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = object.at(place.head());
        if (parent instanceof ObjectNode mapping) {
            mapping.set(place.last().getMatchingProperty(), value.deepCopy());
        } else if (parent instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), value.deepCopy());
        }
    }

    private static void remove(ObjectNode object, String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = object.at(place.head());
        if (parent instanceof ObjectNode mapping) {
            mapping.remove(place.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            list.remove(place.last().getMatchingIndex());
        }
    }
}
