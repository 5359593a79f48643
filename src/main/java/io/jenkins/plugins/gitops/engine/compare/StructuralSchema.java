package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What can be told of an instance from the schema of its CustomResourceDefinition alone: types, required fields, enumerations
 * and fields that it does not have. All else is the server's to judge, so what is doubtful here is no problem.
 *
 * <p>Values are not quoted: they may be secret.
 *
 * @param schema the openAPIV3Schema of one version
 * @param strict whether fields that the schema does not have are problems
 */
record StructuralSchema(JsonNode schema, boolean strict) {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    /** @return a line for each problem, which begins with the field */
    List<String> problems(JsonNode instance) {
        List<String> problems = new ArrayList<>();
        object(schema, instance, "", true, problems);
        return problems;
    }

    private void value(JsonNode type, JsonNode value, String path, List<String> problems) {
        if (value.isNull()) {
            // Left out, given its default, or refused: only the server knows.
            return;
        }
        if (type.path("x-kubernetes-int-or-string").asBoolean()) {
            require(value.isTextual() || isInteger(value), path, "an integer or a string", problems);
            return;
        }
        int before = problems.size();
        switch (type.path("type").asText()) {
            case "object" -> {
                if (require(value.isObject(), path, "an object", problems)) {
                    object(
                            type,
                            value,
                            path,
                            type.path("x-kubernetes-embedded-resource").asBoolean(),
                            problems);
                }
            }
            case "array" -> {
                if (require(value.isArray(), path, "a list", problems)) {
                    for (int i = 0; i < value.size(); i++) {
                        value(type.path("items"), value.get(i), path + "[" + i + "]", problems);
                    }
                }
            }
            case "string" -> require(value.isTextual(), path, "a string; put it in quotes", problems);
            case "integer" -> require(isInteger(value), path, "an integer", problems);
            case "number" -> require(value.isNumber(), path, "a number", problems);
            case "boolean" -> require(value.isBoolean(), path, "true or false", problems);
            default -> {
                // Without a type anything goes.
            }
        }
        if (problems.size() == before) {
            enumeration(type.path("enum"), value, path, problems);
        }
    }

    /** @param whole whether it is an object of its own, with the fields that every one has */
    private void object(JsonNode type, JsonNode value, String path, boolean whole, List<String> problems) {
        JsonNode known = type.path("properties");
        JsonNode additional = type.path("additionalProperties");
        boolean open = !strict || type.path(PRESERVE).asBoolean() || additional.asBoolean() || additional.isObject();
        for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            String below = path.isEmpty() ? name : path + "." + name;
            // The status is a controller's: what a manifest says of it is dropped.
            if (whole && (OF_EVERY_OBJECT.contains(name) || path.isEmpty() && name.equals("status"))) {
                continue;
            }
            if (known.has(name)) {
                value(known.path(name), field.getValue(), below, problems);
            } else if (additional.isObject()) {
                value(additional, field.getValue(), below, problems);
            } else if (!open) {
                problems.add(below + ": the schema has no such field");
            }
        }
        for (JsonNode required : type.path("required")) {
            String name = required.asText();
            boolean given = value.has(name) || known.path(name).has("default");
            boolean controllers = whole && path.isEmpty() && name.equals("status");
            if (!given && !controllers) {
                problems.add((path.isEmpty() ? name : path + "." + name) + ": is required");
            }
        }
    }

    private static void enumeration(JsonNode allowed, JsonNode value, String path, List<String> problems) {
        if (!allowed.isArray() || !value.isValueNode()) {
            return;
        }
        List<String> texts = StreamSupport.stream(allowed.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (!texts.contains(value.asText())) {
            problems.add(path + ": must be one of " + String.join(", ", texts));
        }
    }

    private static boolean require(boolean holds, String path, String what, List<String> problems) {
        if (!holds) {
            problems.add(path + ": must be " + what);
        }
        return holds;
    }

    private static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber()
                || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }
}
