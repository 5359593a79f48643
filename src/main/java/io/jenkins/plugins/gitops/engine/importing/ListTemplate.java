package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of a list generator's element into a template: {@code {{name}}}, with Go templates {@code {{.name}}}. */
final class ListTemplate {
    private static final Pattern ACTION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}");

    private final JsonNode element;
    private final boolean go;
    private final Set<String> unknown = new TreeSet<>();

    ListTemplate(JsonNode element, boolean go) {
        this.element = element;
        this.go = go;
    }

    /** What could not be put in, as it is written. */
    Set<String> unknown() {
        return unknown;
    }

    JsonNode fill(JsonNode template) {
        if (template.isTextual()) {
            return JsonNodeFactory.instance.textNode(fill(template.textValue()));
        }
        if (template.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            template.forEach(item -> filled.add(fill(item)));
            return filled;
        }
        if (!template.isObject()) {
            return template;
        }
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : template.properties()) {
            filled.set(fill(field.getKey()), fill(field.getValue()));
        }
        return filled;
    }

    private String fill(String text) {
        return ACTION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    /** Blanks that Go's trim markers would take away too are not known here, so such an action is left to Argo CD. */
    private String value(MatchResult found) {
        String action = found.group(1);
        boolean plain = !found.group().startsWith("{{-") && !found.group().endsWith("-}}");
        JsonNode value = element;
        if (!plain || (go && !action.matches("(\\.\\w+)+"))) {
            value = JsonNodeFactory.instance.missingNode();
        } else if (element.has(action)) {
            value = element.get(action);
        } else {
            for (String step : (go ? action.substring(1) : action).split("\\.", -1)) {
                value = value.path(step);
            }
        }
        if (!value.isValueNode() || value.isNull()) {
            unknown.add(found.group());
            return found.group();
        }
        return value.asText();
    }
}
