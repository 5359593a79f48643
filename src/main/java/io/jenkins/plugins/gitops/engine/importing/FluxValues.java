package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of a HelmRelease: {@code valuesFrom} in their order, then {@code values}, then what has a {@code targetPath}. A
 * ConfigMap of the input is copied into the values; a Secret never is.
 */
final class FluxValues {
    private static final String IN_GIT =
            "commit the values as a file and name it under helm.valueFiles, from another source as $ref/path";

    private final ForeignObjects objects;
    private final ForeignObject release;
    private final ObjectNode values = JsonNodeFactory.instance.objectNode();
    private final List<Form> parameters = new ArrayList<>();

    FluxValues(ForeignObjects objects, ForeignObject release) {
        this.objects = objects;
        this.release = release;
    }

    void addTo(Form helm, Fields fields) {
        for (Fields reference : fields.blocks("valuesFrom")) {
            from(reference);
            reference.finish();
        }
        fields.mapping("values").ifPresent(inline -> merge(values, inline));
        helm.set("valuesObject", values).blocks("parameters", parameters);
    }

    private void from(Fields reference) {
        String kind = reference.text("kind").orElse("");
        String name = reference.text("name").orElse("");
        String key = reference.text("valuesKey").orElse("values.yaml");
        Optional<String> path = reference.text("targetPath");
        boolean optional = reference.flag("optional");
        boolean literal = reference.flag("literal");
        if (!kind.equals("ConfigMap")) {
            reference.unmappedHere(
                    "values are not read from a Secret of the cluster, and its data is not copied into a file",
                    "let the chart refer to the Secret itself (many have existingSecret), or keep it encrypted in Git");
            return;
        }
        Optional<String> text = objects.find("", kind, release.namespace(), name)
                .map(object -> object.content().path("data").path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
        String absent = "values are not read from a ConfigMap of the cluster, and " + name + " with the key " + key
                + " is not in the input";
        if (text.isEmpty() && optional) {
            reference.noteHere(absent + "; it is optional", "if there is one, give its file too, or " + IN_GIT);
        } else if (text.isEmpty()) {
            reference.unmappedHere(absent, "give its file too, and its values are copied; or " + IN_GIT);
        } else if (path.isEmpty()) {
            whole(reference, text.get());
        } else {
            at(reference, path.get(), text.get(), literal);
        }
    }

    private void whole(Fields reference, String text) {
        try {
            List<YamlDocument> documents = new YamlReader().read("values.yaml", text.getBytes(StandardCharsets.UTF_8));
            documents.forEach(document -> merge(values, document.content()));
            reference.noteHere(
                    "the values that the ConfigMap has now are copied; what changes there later has no effect", IN_GIT);
        } catch (InvalidInputException e) {
            reference.unmappedHere("the ConfigMap holds no YAML mapping: " + e.getMessage(), "correct it");
        }
    }

    /** As {@code helm --set} does; a comma would be escaped here, and part values there. */
    private void at(Fields reference, String path, String text, boolean literal) {
        if (literal || text.contains(",") || text.contains("\n")) {
            reference.unmappedHere(
                    "a value with commas or line breaks, or one to be taken literally, cannot be a parameter",
                    "write it into helm.valuesObject, or take it from a file with helm.fileParameters");
            return;
        }
        parameters.add(new Form().text("name", path).text("value", text));
        reference.noteHere(
                "the value that the ConfigMap has now is copied; what changes there later has no effect", IN_GIT);
    }

    /** As Helm merges values: mappings by their keys, all else is replaced. */
    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode below && entry.getValue() instanceof ObjectNode above) {
                merge(below, above);
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }
}
