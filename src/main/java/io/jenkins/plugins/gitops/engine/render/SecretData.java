package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Merges a Secret's {@code stringData} into {@code data}, where it wins, and never lets it be sent: the server would record
 * only {@code f:stringData} as applied, and a key dropped from Git would stay in {@code data} for ever (SEMANTICS 12).
 * No message quotes a value.
 */
final class SecretData {
    private static final String DATA = "data";
    private static final String STRING_DATA = "stringData";

    private final Consumer<Problem> problems;

    SecretData(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** @param content a copy of the object's content, which is changed when the object is a Secret */
    void merge(Written object, ObjectNode content) {
        if (!object.manifest().key().isSecret()) {
            return;
        }
        boolean right = List.of(DATA, STRING_DATA).stream().allMatch(field -> isMapping(object, field));
        if (!right) {
            return;
        }
        object.content().path(DATA).properties().forEach(entry -> checkData(object, entry));
        JsonNode stringData = content.remove(STRING_DATA);
        if (content.path(DATA).isNull()) {
            content.remove(DATA);
        }
        if (stringData == null || stringData.isNull() || stringData.isEmpty()) {
            return;
        }
        ObjectNode data = content.withObjectProperty(DATA);
        for (Map.Entry<String, JsonNode> entry : stringData.properties()) {
            if (isText(object, STRING_DATA, entry)) {
                data.put(
                        entry.getKey(),
                        Base64.getEncoder()
                                .encodeToString(entry.getValue().textValue().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private boolean isMapping(Written object, String field) {
        JsonNode value = object.content().path(field);
        if (value.isObject() || value.isNull() || value.isMissingNode()) {
            return true;
        }
        problems.accept(object.problem("/" + field, field + " of a Secret must be a mapping"));
        return false;
    }

    private void checkData(Written object, Map.Entry<String, JsonNode> entry) {
        if (!isText(object, DATA, entry)) {
            return;
        }
        try {
            // The server allows line breaks in base64, and nothing else that is not base64; padding is required.
            String base64 = entry.getValue().textValue().replaceAll("[\\r\\n]", "");
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("padding");
            }
            Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            problems.accept(object.problem(
                    "/" + DATA + Written.step(entry.getKey()),
                    "data[\"" + entry.getKey()
                            + "\"] of a Secret is not base64; encode it, or write it under stringData"));
        }
    }

    private boolean isText(Written object, String field, Map.Entry<String, JsonNode> entry) {
        if (entry.getValue().isTextual()) {
            return true;
        }
        problems.accept(object.problem(
                "/" + field + Written.step(entry.getKey()),
                field + "[\"" + entry.getKey() + "\"] of a Secret must be a string; quote the value"));
        return false;
    }
}
