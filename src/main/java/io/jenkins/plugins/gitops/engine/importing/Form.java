package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One mapping of an application file as it is made; what is empty is not written. */
final class Form {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    Form text(String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
        return this;
    }

    Form text(String field, Optional<String> value) {
        return text(field, value.orElse(""));
    }

    /** Written only when it is true: false is what holds without it. */
    Form flag(String field, boolean value) {
        if (value) {
            node.put(field, true);
        }
        return this;
    }

    Form texts(String field, List<String> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return set(field, list);
    }

    Form textsByName(String field, Map<String, String> values) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        values.forEach(mapping::put);
        return set(field, mapping);
    }

    Form block(String field, Form inner) {
        return set(field, inner.node);
    }

    Form blocks(String field, List<Form> inner) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        inner.forEach(form -> list.add(form.node));
        return set(field, list);
    }

    /** Any value as it is, unless it is an empty list or mapping. */
    Form set(String field, JsonNode value) {
        if (!value.isContainerNode() || !value.isEmpty()) {
            node.set(field, value);
        }
        return this;
    }

    /** All that another one has. */
    Form setAll(Form other) {
        node.setAll(other.node.deepCopy());
        return this;
    }

    boolean has(String field) {
        return node.has(field);
    }

    ObjectNode node() {
        return node;
    }
}
