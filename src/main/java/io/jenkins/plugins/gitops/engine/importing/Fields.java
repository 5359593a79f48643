package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping of a foreign object, of which every field is to be accounted for: read, told, or passed over by name. What is
 * left when it is finished is told as unknown, so that nothing is dropped silently, whatever its version of the API has.
 *
 * <p>Null, empty texts, lists and mappings count as absent: exports write them.
 */
final class Fields {
    private final ForeignObject object;
    private final String pointer;
    private final ObjectNode content;
    private final Findings findings;
    private final Set<String> known = new HashSet<>();

    private Fields(ForeignObject object, String pointer, ObjectNode content, Findings findings) {
        this.object = object;
        this.pointer = pointer;
        this.content = content;
        this.findings = findings;
    }

    static Fields of(ForeignObject object, Findings findings) {
        return new Fields(object, "", object.content(), findings);
    }

    boolean has(String field) {
        return !isAbsent(content.path(field));
    }

    /** Whether the field is there at all, be it empty. */
    boolean isWritten(String field) {
        return content.has(field) && !content.path(field).isNull();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        content.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The mapping of the field; an empty one when there is none. */
    Fields block(String field) {
        JsonNode value = value(field);
        if (!isAbsent(value) && !value.isObject()) {
            wrong(field, "is no mapping");
        }
        ObjectNode mapping = value instanceof ObjectNode node ? node : JsonNodeFactory.instance.objectNode();
        return new Fields(object, at(field), mapping, findings);
    }

    /** The mappings of a list. */
    List<Fields> blocks(String field) {
        List<Fields> blocks = new ArrayList<>();
        JsonNode values = list(field);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof ObjectNode mapping) {
                blocks.add(new Fields(object, at(field) + "/" + i, mapping, findings));
            } else {
                findings.unmapped(object, at(field) + "/" + i, "is no mapping", "correct it");
            }
        }
        return blocks;
    }

    /** A number or a boolean is taken as it is written. */
    Optional<String> text(String field) {
        JsonNode value = value(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (value.isContainerNode()) {
            wrong(field, "is no text");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        JsonNode values = list(field);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isValueNode()) {
                texts.add(values.get(i).asText());
            } else {
                findings.unmapped(object, at(field) + "/" + i, "is no text", "correct it");
            }
        }
        return texts;
    }

    Map<String, String> textsByName(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping(field)
                .ifPresent(mapping -> mapping.properties()
                        .forEach(entry ->
                                texts.put(entry.getKey(), entry.getValue().asText())));
        return texts;
    }

    Optional<ObjectNode> mapping(String field) {
        JsonNode value = value(field);
        if (!isAbsent(value) && !value.isObject()) {
            wrong(field, "is no mapping");
        }
        return value instanceof ObjectNode node && !node.isEmpty() ? Optional.of(node) : Optional.empty();
    }

    Optional<Boolean> choice(String field) {
        JsonNode value = value(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            wrong(field, "is neither true nor false");
        }
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    boolean flag(String field) {
        return choice(field).orElse(false);
    }

    Optional<Integer> integer(String field) {
        JsonNode value = value(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.asText().matches("-?\\d{1,9}")) {
            wrong(field, "is no whole number");
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(value.asText()));
    }

    /** Tells that a field, if it is there and not false, is lost. */
    Fields unmapped(String field, String why, String toDo) {
        if (isSaid(field)) {
            findings.unmapped(object, at(field), why, toDo);
        }
        return this;
    }

    /** Tells of a field, if it is there and not false. */
    Fields note(String field, String why, String toDo) {
        if (isSaid(field)) {
            findings.note(object, at(field), why, toDo);
        }
        return this;
    }

    /** The same for an item of a list of the field. */
    void unmapped(String field, int item, String why, String toDo) {
        findings.unmapped(object, at(field) + "/" + item, why, toDo);
    }

    void note(String field, int item, String why, String toDo) {
        findings.note(object, at(field) + "/" + item, why, toDo);
    }

    /** Tells something of this mapping itself. */
    void unmappedHere(String why, String toDo) {
        findings.unmapped(object, pointer, why, toDo);
    }

    void noteHere(String why, String toDo) {
        findings.note(object, pointer, why, toDo);
    }

    /** Fields that mean nothing for a new home, such as a status. */
    Fields pass(String... fields) {
        known.addAll(List.of(fields));
        return this;
    }

    /** Tells of every field that nobody asked for. */
    void finish() {
        content.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                unmapped(
                        field,
                        "is not a field that this import knows",
                        "look up what it does, and say it in the application file if it has a counterpart");
            }
        });
    }

    String path() {
        return Findings.path(pointer);
    }

    private boolean isSaid(String field) {
        JsonNode value = value(field);
        return !isAbsent(value) && !(value.isBoolean() && !value.booleanValue());
    }

    private void wrong(String field, String what) {
        findings.unmapped(object, at(field), what, "correct it");
    }

    private JsonNode list(String field) {
        JsonNode values = value(field);
        if (!isAbsent(values) && !values.isArray()) {
            wrong(field, "is no list");
        }
        return values.isArray() ? values : JsonNodeFactory.instance.arrayNode();
    }

    private JsonNode value(String field) {
        known.add(field);
        return content.path(field);
    }

    private String at(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }
}
