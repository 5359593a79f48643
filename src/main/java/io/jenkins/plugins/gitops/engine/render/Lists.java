package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.function.Consumer;

/**
 * Takes the objects out of lists, lists in lists too: what has {@code items} and a kind that ends in {@code List}, whatever
 * its group. As in kubectl, an item with neither apiVersion nor kind has those of its typed list ({@code PodList}: Pod).
 */
final class Lists {
    private static final String SUFFIX = "List";

    private final Consumer<Problem> problems;

    Lists(Consumer<Problem> problems) {
        this.problems = problems;
    }

    void flatten(Written written, Consumer<Written> objects) {
        String kind = written.content().path("kind").asText("");
        boolean plainList = kind.equals(SUFFIX)
                && written.content().path("apiVersion").asText("").equals("v1");
        if (!kind.endsWith(SUFFIX) || !(plainList || written.content().has("items"))) {
            objects.accept(written);
            return;
        }
        JsonNode items = written.content().path("items");
        if (!items.isArray()) {
            if (!items.isNull() && !items.isMissingNode()) {
                problems.accept(written.problem("/items", "items of a " + kind + " must be a list"));
            }
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            String pointer = "/items/" + i;
            if (items.get(i) instanceof ObjectNode item) {
                ObjectNode complete = inherit(written.content(), kind, item);
                flatten(new Written(complete, written.place(), written.pointer() + pointer, written.hidden()), objects);
            } else {
                problems.accept(written.problem(pointer, "an item of a " + kind + " must be an object (key: value)"));
            }
        }
    }

    private static ObjectNode inherit(ObjectNode list, String kind, ObjectNode item) {
        if (kind.equals(SUFFIX)
                || item.has("kind")
                || item.has("apiVersion")
                || !list.path("apiVersion").isTextual()) {
            return item;
        }
        return item.deepCopy()
                .put("apiVersion", list.path("apiVersion").asText())
                .put("kind", kind.substring(0, kind.length() - SUFFIX.length()));
    }
}
