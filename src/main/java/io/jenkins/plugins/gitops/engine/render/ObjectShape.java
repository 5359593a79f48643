package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Checks what every Kubernetes object has: apiVersion, kind, a name, and metadata of the right types. */
final class ObjectShape {
    private static final Set<String> KUSTOMIZE = Set.of("kustomization.yaml", "kustomization.yml");
    /** What Kubernetes allows as the name of an object of any kind; most kinds allow less, which the server tells. */
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?s)(?!\\.{1,2}$)[^/%]+");

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String CHART = "chart.yaml";

    private final Consumer<Problem> problems;

    ObjectShape(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** Whether the object can be named by group, kind and name; everything that is wrong with it is reported. */
    boolean check(Written object) {
        if (isBuildFile(object)) {
            return false;
        }
        boolean named = text(object, "", "apiVersion") & text(object, "", "kind") & name(object);
        JsonNode metadata = object.content().path("metadata");
        if (metadata.isObject()) {
            named &= optionalText(object, "namespace")
                    && addressable(
                            object,
                            "namespace",
                            NAMESPACE,
                            "must be lower case letters, digits and \"-\", at most 63 of them");
            named &= texts(object, "labels") & texts(object, "annotations");
        }
        return named;
    }

    private boolean isBuildFile(Written object) {
        String file = object.place().file().orElse("");
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String apiVersion = object.content().path("apiVersion").asText("");
        String tool = null;
        if (KUSTOMIZE.contains(name) || apiVersion.startsWith("kustomize.config.k8s.io/")) {
            tool = "is a build file of Kustomize";
        } else if (name.equals(CHART)) {
            tool = "is a build file of Helm";
        } else if (apiVersion.startsWith("gitops.jenkins.io/")) {
            tool = "is an application file of GitOps for Jenkins";
        }
        if (tool == null) {
            return false;
        }
        problems.accept(object.problem(
                "",
                tool + ", not an object for a cluster; exclude it with source.exclude, or move it out of the folder"));
        return true;
    }

    private boolean name(Written object) {
        JsonNode metadata = object.content().path("metadata");
        if (!metadata.isMissingNode() && !metadata.isNull() && !metadata.isObject()) {
            problems.accept(object.problem("/metadata", "metadata must be a mapping, but is " + shown(metadata)));
            return false;
        }
        if (blank(metadata.path("name")) && !blank(metadata.path("generateName"))) {
            return generatedName(object);
        }
        return text(object, "/metadata", "name")
                && addressable(object, "name", PATH_SEGMENT, "must not be \".\" or \"..\", nor contain \"/\" or \"%\"");
    }

    /** A hook is created anew at every run, so that a new name each time does no harm. */
    private boolean generatedName(Written object) {
        if (Hook.of(object.content()).isEmpty()) {
            problems.accept(object.problem(
                    "/metadata/generateName",
                    "metadata.generateName without metadata.name is for hooks only: a synced object needs a fixed name;"
                            + " write metadata.name"));
            return false;
        }
        return text(object, "/metadata", "generateName")
                && addressable(object, "generateName", PATH_SEGMENT, "must not contain \"/\" or \"%\"");
    }

    /** Names become parts of requests' paths: none may lead a request to another object than the one it names. */
    private boolean addressable(Written object, String field, Pattern form, String rule) {
        JsonNode value = object.content().path("metadata").path(field);
        if (!value.isTextual()
                || value.asText().isEmpty()
                || form.matcher(value.asText()).matches()) {
            return true;
        }
        problems.accept(object.problem(
                "/metadata/" + field, "metadata." + field + " " + rule + ", but is \"" + value.asText() + "\""));
        return false;
    }

    private boolean text(Written object, String parent, String field) {
        JsonNode value = object.content().at(parent).path(field);
        String path = parent.isEmpty() ? field : parent.substring(1) + "." + field;
        if (blank(value)) {
            problems.accept(object.problem(parent + "/" + field, path + " is missing"));
            return false;
        }
        if (!value.isTextual()) {
            problems.accept(object.problem(parent + "/" + field, mustBeText(path, value)));
            return false;
        }
        return true;
    }

    private boolean optionalText(Written object, String field) {
        JsonNode value = object.content().path("metadata").path(field);
        return value.isMissingNode() || value.isNull() || value.isTextual() || text(object, "/metadata", field);
    }

    private boolean texts(Written object, String field) {
        String path = "metadata." + field;
        String pointer = "/metadata/" + field;
        JsonNode values = object.content().path("metadata").path(field);
        if (values.isMissingNode() || values.isNull()) {
            return true;
        }
        if (!values.isObject()) {
            problems.accept(object.problem(pointer, path + " must be a mapping, but is " + shown(values)));
            return false;
        }
        boolean right = true;
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            if (!entry.getValue().isTextual()) {
                problems.accept(object.problem(
                        pointer + Written.step(entry.getKey()),
                        mustBeText(path + "[\"" + entry.getKey() + "\"]", entry.getValue())));
                right = false;
            }
        }
        return right;
    }

    private static boolean blank(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty());
    }

    private static String mustBeText(String path, JsonNode value) {
        // The value is not repeated as text: 1.10, 0644 and yes are 1.1, 420 and true by now.
        String quote = value.isNumber() || value.isBoolean() ? "; put the value in quotes" : "";
        return path + " must be a string, but is " + shown(value) + quote;
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> "the boolean " + value.asText();
            case NULL -> "null";
            default -> "a string";
        };
    }
}
