package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes objects that are nearly the same. The same random numbers make the same objects. */
final class Mutations {
    private static final List<String> RESPELLED =
            List.of("0.5", "500m", "1Gi", "1024Mi", "128Mi", "134217728", "60s", "1m", "80", "");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    ObjectNode of(ObjectNode object, int changes) {
        return of(object, changes, object);
    }

    /** @param live where some of the changes take their values from, as somebody does who writes down what runs */
    ObjectNode of(ObjectNode object, int changes, ObjectNode live) {
        ObjectNode mutated = object.deepCopy();
        for (int change = 0; change < changes; change++) {
            change(mutated, live);
        }
        return mutated;
    }

    private void change(ObjectNode object, ObjectNode live) {
        List<JsonPointer> places = places(object);
        if (places.isEmpty()) {
            return;
        }
        JsonPointer place = places.get(random.nextInt(places.size()));
        JsonNode value = object.at(place);
        switch (random.nextInt(9)) {
            case 0 -> remove(object, place);
            case 1, 2 -> adopt(object, live);
            case 3 -> set(object, place, live.at(place).isMissingNode() ? value : live.at(place));
            case 4 -> set(object, place, other(value));
            case 5 -> set(object, place, value.isArray() ? shuffled((ArrayNode) value) : other(value));
            case 6 ->
                set(object, place, value.isContainerNode() ? emptied(value) : JsonNodeFactory.instance.nullNode());
            case 7 -> add(value);
            default -> {
                // Written out again, as it is.
                remove(object, place);
                set(object, place, value);
            }
        }
    }

    /** A field of the live object that is not declared: a default, or somebody else's. */
    private void adopt(ObjectNode object, ObjectNode live) {
        List<JsonPointer> undeclared = places(live).stream()
                .filter(place -> object.at(place).isMissingNode())
                .filter(place -> object.at(place.head()).isContainerNode())
                .toList();
        if (!undeclared.isEmpty()) {
            JsonPointer place = undeclared.get(random.nextInt(undeclared.size()));
            set(object, place, live.at(place));
        }
    }

    private JsonNode other(JsonNode value) {
        if (value.isInt()) {
            return random.nextBoolean() ? new IntNode(value.asInt() + 1) : new TextNode(value.asText());
        }
        if (value.isBoolean()) {
            return JsonNodeFactory.instance.booleanNode(!value.asBoolean());
        }
        if (value.isTextual()) {
            return switch (random.nextInt(3)) {
                case 0 -> new TextNode(RESPELLED.get(random.nextInt(RESPELLED.size())));
                case 1 -> new TextNode(value.asText() + "x");
                default -> value.asText().matches("\\d{1,6}") ? new IntNode(value.asInt()) : value;
            };
        }
        return value;
    }

    private ArrayNode shuffled(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Collections.shuffle(items, random);
        if (!items.isEmpty() && random.nextInt(3) == 0) {
            items.add(items.get(0));
        }
        return list.arrayNode().addAll(items);
    }

    private static JsonNode emptied(JsonNode container) {
        return container.isArray() ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
    }

    private void add(JsonNode container) {
        if (container instanceof ArrayNode list && !list.isEmpty()) {
            JsonNode copy = list.get(random.nextInt(list.size())).deepCopy();
            if (copy instanceof ObjectNode item && !item.isEmpty()) {
                String first = item.fieldNames().next();
                item.set(first, other(item.get(first)));
            }
            list.add(copy);
        } else if (container instanceof ObjectNode mapping) {
            mapping.put(random.nextBoolean() ? "added" : "app", "x");
        }
    }

    /** All places below the object, but those that name it and those that only the server writes. */
    static List<JsonPointer> places(JsonNode object) {
        List<JsonPointer> places = new ArrayList<>();
        collect(object, JsonPointer.empty(), places);
        places.removeIf(place -> place.toString()
                .matches(
                        "/(apiVersion|kind|metadata|status.*|metadata/(name|namespace|uid|managedFields.*|resourceVersion"
                                + "|generation|creationTimestamp))"));
        return places;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
        if (!at.matches()) {
            places.add(at);
        }
        node.properties().forEach(field -> collect(field.getValue(), at.appendProperty(field.getKey()), places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), at.appendIndex(i), places);
        }
    }

    static void remove(JsonNode object, JsonPointer place) {
        JsonNode parent = object.at(place.head());
        if (parent instanceof ObjectNode mapping) {
            mapping.remove(place.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            list.remove(place.last().getMatchingIndex());
        }
    }

    static void set(JsonNode object, JsonPointer place, JsonNode value) {
        JsonNode parent = object.at(place.head());
        JsonNode copy = value.deepCopy();
        if (parent instanceof ObjectNode mapping) {
            mapping.set(place.last().getMatchingProperty(), copy);
        } else if (parent instanceof ArrayNode list) {
            int index = place.last().getMatchingIndex();
            if (index >= 0 && index < list.size()) {
                list.set(index, copy);
            } else {
                list.add(copy);
            }
        }
    }
}
