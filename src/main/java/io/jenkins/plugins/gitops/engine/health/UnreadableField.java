package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A field holds another type than its kind documents: the object's health is Unknown, and the message names the field. */
final class UnreadableField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableField(String path, JsonNode value, String expected) {
        super(path + " is " + said(value) + " where " + expected + " belongs");
    }

    private static String said(JsonNode value) {
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return value.isContainerNode() || value.asText().length() > 40 ? "a JSON " + type : "the " + type + " " + value;
    }
}
