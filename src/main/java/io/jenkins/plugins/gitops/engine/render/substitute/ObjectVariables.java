package io.jenkins.plugins.gitops.engine.render.substitute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.render.substitute.Evaluation.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Replaces the variables of one object after another. An object with the label or annotation
 * {@code kustomize.toolkit.fluxcd.io/substitute: disabled}, or ours of that name, stays as it is.
 */
public final class ObjectVariables {
    private static final List<String> SWITCHES =
            List.of(Annotations.OWN + "substitute", "kustomize.toolkit.fluxcd.io/substitute");

    /** What is read by us or shown everywhere. */
    private static final Set<String> STEERING =
            Set.of(Annotations.OWN, Annotations.ARGO, "helm.sh/", "kustomize.toolkit.fluxcd.io/");

    private final KnownVariables variables;

    public ObjectVariables(KnownVariables variables) {
        this.variables = variables;
    }

    /** All secret values of variables, those too that no object uses. */
    public Set<String> secrets() {
        return variables.secrets();
    }

    /** An object with its values, and which of its texts are secret. */
    public record Substituted(ObjectNode content, HiddenTexts hidden) {}

    /**
     * The object with values; its fields keep their order.
     *
     * @param object not changed
     * @param hidden texts of it that are secret already; problems of such an object, and of a Secret, quote nothing
     * @param problems hears what is wrong, by JSON pointer into the object
     */
    public Substituted substitute(ObjectNode object, HiddenTexts hidden, BiConsumer<String, String> problems) {
        if (isDisabled(object)) {
            return new Substituted(object, HiddenTexts.NONE);
        }
        Walk walk = new Walk(new TextPlaces(object), hidden, problems);
        ObjectNode content = walk.mapping(object, "");
        return new Substituted(content, HiddenTexts.of(walk.secrets));
    }

    private static boolean isDisabled(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return SWITCHES.stream()
                .anyMatch(name ->
                        metadata.path("annotations").path(name).asText("").equals("disabled")
                                || metadata.path("labels").path(name).asText("").equals("disabled"));
    }

    /** The way through one object. */
    private final class Walk {
        private final TextPlaces places;
        private final HiddenTexts hidden;
        private final boolean quoting;
        private final BiConsumer<String, String> problems;
        private final List<String> path = new ArrayList<>();
        private final Set<String> secrets = new HashSet<>();

        Walk(TextPlaces places, HiddenTexts hidden, BiConsumer<String, String> problems) {
            this.places = places;
            this.hidden = hidden;
            this.quoting = hidden.isEmpty() && !places.ofSecret();
            this.problems = problems;
        }

        private JsonNode node(JsonNode node, String pointer) {
            return switch (node) {
                case ObjectNode mapping -> mapping(mapping, pointer);
                case ArrayNode list -> list(list, pointer);
                default -> node.isTextual() ? text(node, pointer) : node;
            };
        }

        private ObjectNode mapping(ObjectNode mapping, String pointer) {
            ObjectNode result = mapping.objectNode();
            for (Map.Entry<String, JsonNode> field : mapping.properties()) {
                String at = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                String key = key(field.getKey(), at);
                if (result.has(key)) {
                    problems.accept(at, "the key \"" + key + "\" is there already once variables are replaced");
                }
                path.add(key);
                result.set(key, node(field.getValue(), at));
                path.remove(path.size() - 1);
            }
            return result;
        }

        private ArrayNode list(ArrayNode list, String pointer) {
            ArrayNode result = list.arrayNode();
            path.add("*");
            for (int i = 0; i < list.size(); i++) {
                result.add(node(list.get(i), pointer + "/" + i));
            }
            path.remove(path.size() - 1);
            return result;
        }

        private String key(String key, String pointer) {
            if (key.indexOf('$') < 0) {
                return key;
            }
            try {
                Result result = Evaluation.of(ExpressionParser.parse(key), variables);
                if (!result.secrets().isEmpty()) {
                    problems.accept(pointer, "a secret value cannot be part of a key: keys are shown");
                }
                return result.text();
            } catch (ExpressionException e) {
                problems.accept(pointer, quoting ? e.getMessage() : e.discreet());
                return key;
            }
        }

        private JsonNode text(JsonNode node, String pointer) {
            String before = node.textValue();
            if (before.indexOf('$') < 0) {
                return node;
            }
            try {
                Result result = Evaluation.of(ExpressionParser.parse(before), variables);
                if (!result.secrets().isEmpty()) {
                    secrets.addAll(result.secrets());
                    refuseWhereShown(pointer);
                }
                if (result.text().equals(before)) {
                    return node;
                }
                if (hidden.areIn(node)) {
                    secrets.add(result.text());
                }
                return places.isText(path)
                        ? YamlValue.string(before, result.text())
                        : YamlValue.of(before, result.text());
            } catch (ExpressionException e) {
                problems.accept(pointer, quoting ? e.getMessage() : e.discreet());
                return node;
            }
        }

        private void refuseWhereShown(String pointer) {
            boolean annotation = path.size() == 3
                    && path.get(0).equals("metadata")
                    && path.get(1).equals("annotations");
            boolean shown = annotation
                    ? STEERING.stream().anyMatch(path.get(2)::startsWith)
                    : List.of("apiVersion", "kind", "metadata").contains(path.get(0));
            if (shown) {
                problems.accept(
                        pointer,
                        String.join(".", path)
                                + " cannot hold a secret value: it is shown everywhere; put it into the data"
                                + " of a Secret, or another field");
            }
        }
    }
}
