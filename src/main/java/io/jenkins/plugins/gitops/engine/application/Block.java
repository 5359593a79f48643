package io.jenkins.plugins.gitops.engine.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.NearestName;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One mapping of the file, read field by field: what was asked for is what is allowed. Wrong values are reported, and read as
 * absent, so that one reading finds every problem.
 */
final class Block {
    private final YamlDocument document;
    private final String pointer;
    private final ObjectNode content;
    private final Consumer<Problem> problems;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> later = new TreeSet<>();

    private Block(YamlDocument document, String pointer, ObjectNode content, Consumer<Problem> problems) {
        this.document = document;
        this.pointer = pointer;
        this.content = content;
        this.problems = problems;
    }

    static Block root(YamlDocument document, Consumer<Problem> problems) {
        return new Block(document, "", document.content(), problems);
    }

    /** An absent block is read as an empty one. */
    Block block(String field) {
        JsonNode value = value(field);
        if (value.isObject() || value.isMissingNode()) {
            ObjectNode inner = value instanceof ObjectNode mapping ? mapping : JsonNodeFactory.instance.objectNode();
            return new Block(document, pointer + "/" + field, inner, problems);
        }
        report(field, path(field) + " must be a mapping");
        return new Block(document, pointer + "/" + field, JsonNodeFactory.instance.objectNode(), problems);
    }

    /** The mappings of a list; an absent list is read as an empty one. */
    List<Block> blocks(String field) {
        JsonNode values = value(field);
        List<Block> blocks = new ArrayList<>();
        if (!values.isMissingNode() && !values.isArray()) {
            report(field, path(field) + " must be a list");
            return blocks;
        }
        for (int i = 0; i < values.size(); i++) {
            String item = pointer + "/" + field + "/" + i;
            if (values.get(i) instanceof ObjectNode mapping) {
                blocks.add(new Block(document, item, mapping, problems));
            } else {
                problems.accept(document.problem(item, path(field) + "[" + i + "] must be a mapping"));
            }
        }
        return blocks;
    }

    Optional<String> text(String field) {
        JsonNode value = value(field);
        if (value.isTextual() && !value.textValue().isEmpty()) {
            return Optional.of(value.textValue());
        }
        if (!value.isMissingNode() && !value.isTextual()) {
            report(field, path(field) + " must be a string" + quoted(value));
        }
        return Optional.empty();
    }

    /** Whether the field is written, with whatever value. */
    boolean has(String field) {
        return content.has(field);
    }

    /** A list of which each item is a text or a mapping; an absent list is read as an empty one. */
    void items(String field, String meaning, Consumer<String> texts, Consumer<Block> blocks) {
        JsonNode values = value(field);
        if (!values.isMissingNode() && !values.isArray()) {
            report(field, path(field) + " must be a list");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            String item = pointer + "/" + field + "/" + i;
            if (values.get(i) instanceof ObjectNode mapping) {
                blocks.accept(new Block(document, item, mapping, problems));
            } else if (values.get(i).isTextual() && !values.get(i).textValue().isEmpty()) {
                texts.accept(values.get(i).textValue());
            } else {
                problems.accept(document.problem(item, path(field) + "[" + i + "] must be " + meaning));
            }
        }
    }

    /** A mapping of anything, as it is written. */
    Optional<ObjectNode> mapping(String field) {
        JsonNode value = value(field);
        if (!value.isMissingNode() && !value.isObject()) {
            report(field, path(field) + " must be a mapping");
        }
        return value instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    /** A mapping of texts in their order; an absent one is read as an empty one. */
    Map<String, String> textsByName(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping(field)
                .ifPresent(object -> object.properties().forEach(entry -> {
                    if (entry.getValue().isTextual()) {
                        texts.put(entry.getKey(), entry.getValue().textValue());
                    } else {
                        problems.accept(document.problem(
                                pointer + "/" + field + "/" + step(entry.getKey()),
                                path(field) + "[\"" + entry.getKey() + "\"] must be a string"
                                        + quoted(entry.getValue())));
                    }
                }));
        return texts;
    }

    /** A whole number of zero or more, which must be there. */
    long count(String field, String meaning) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            report(field, path(field) + " is missing: " + meaning);
        } else if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            report(field, path(field) + " must be a whole number, zero or more");
        }
        return value.asLong();
    }

    /** One of the names of an enumeration. */
    <E extends Enum<E>> E choice(String field, E otherwise) {
        Optional<String> text = text(field);
        List<E> choices = List.of(otherwise.getDeclaringClass().getEnumConstants());
        Optional<E> chosen = choices.stream()
                .filter(choice -> text.equals(Optional.of(choice.name())))
                .findFirst();
        if (text.isPresent() && chosen.isEmpty()) {
            report(field, path(field) + " must be one of " + choices + ", but is \"" + text.get() + "\"");
        }
        return chosen.orElse(otherwise);
    }

    /** The text, or the empty string and a problem. */
    String required(String field, String meaning) {
        JsonNode value = value(field);
        if (value.isMissingNode() || (value.isTextual() && value.textValue().isEmpty())) {
            report(field, path(field) + " is missing: " + meaning);
        }
        return text(field).orElse("");
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode value = value(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            report(field, path(field) + " must be true or false");
        }
        return value.isBoolean() ? value.booleanValue() : otherwise;
    }

    /** A whole number between two others, both allowed. */
    int integer(String field, int least, int most, int otherwise) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            report(field, path(field) + " must be a whole number from " + least + " to " + most);
            return otherwise;
        }
        return value.intValue();
    }

    List<String> texts(String field) {
        JsonNode values = value(field);
        List<String> texts = new ArrayList<>();
        if (!values.isMissingNode() && !values.isArray()) {
            report(field, path(field) + " must be a list of strings");
            return texts;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isTextual() && !values.get(i).textValue().isEmpty()) {
                texts.add(values.get(i).textValue());
            } else {
                problems.accept(document.problem(
                        pointer + "/" + field + "/" + i,
                        path(field) + "[" + i + "] must be a string" + quoted(values.get(i))));
            }
        }
        return texts;
    }

    Duration duration(String field, Duration otherwise) {
        Optional<String> text = text(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<Duration> duration = GoDuration.parse(text.get());
        if (duration.isEmpty()) {
            report(
                    field,
                    path(field) + " must be a duration such as \"30s\", \"10m\" or \"1h30m\", but is \"" + text.get()
                            + "\"");
        }
        return duration.orElse(otherwise);
    }

    /** Fields that may be there although nobody reads them here. */
    void allow(String... fields) {
        known.addAll(List.of(fields));
    }

    /** Fields that SEMANTICS names and no code reads yet: to be told apart from a misspelt one. */
    void notYet(String... fields) {
        later.addAll(List.of(fields));
    }

    /** Reports what was not asked for; called after everything was. */
    void finish() {
        content.fieldNames().forEachRemaining(field -> {
            if (later.contains(field)) {
                report(field, path(field) + " is not supported yet; remove it");
            } else if (!known.contains(field)) {
                Set<String> names = new TreeSet<>(known);
                String nearest = NearestName.of(field, names)
                        .map(name -> "did you mean \"" + name + "\"? ")
                        .orElse("");
                report(field, path(field) + " is unknown; " + nearest + "allowed here: " + String.join(", ", names));
            }
        });
    }

    void report(String field, String what) {
        problems.accept(document.problem(pointer + "/" + step(field), what));
    }

    private JsonNode value(String field) {
        known.add(field);
        return content.path(field);
    }

    /** The field as errors name it. */
    String path(String field) {
        return pointer.isEmpty() ? field : pointer.substring(1).replace('/', '.') + "." + field;
    }

    private static String step(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static String quoted(JsonNode value) {
        return value.isNumber() || value.isBoolean() ? "; put the value in quotes" : "";
    }
}
