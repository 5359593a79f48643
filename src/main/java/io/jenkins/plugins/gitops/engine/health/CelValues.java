package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as CEL sees it: maps, lists, strings, {@code int} (Java long), {@code double}, {@code bool} and {@code null}. */
final class CelValues {
    static final Object NULL = NullValue.NULL_VALUE;

    private final long generation;

    private CelValues(long generation) {
        this.generation = generation;
    }

    /** The object as it is. */
    static Map<String, Object> all(LiveObject live) {
        return new CelValues(0).map(live.content());
    }

    /** The object without the conditions of an older generation: they count as absent (SEMANTICS 12). */
    static Map<String, Object> current(LiveObject live) {
        return new CelValues(live.generation()).map(live.content());
    }

    private Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node, false);
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case NULL, MISSING -> NULL;
            default -> node.asText();
        };
    }

    /** Not a conditional expression: that would make a double of the long too. */
    private static Object number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.doubleValue();
    }

    private Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean conditions =
                    field.getKey().equals("conditions") && field.getValue().isArray();
            map.put(field.getKey(), conditions ? list(field.getValue(), true) : value(field.getValue()));
        }
        return map;
    }

    private List<Object> list(JsonNode node, boolean conditions) {
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (!conditions || !Condition.isOlder(item, generation)) {
                list.add(value(item));
            }
        }
        return list;
    }
}
