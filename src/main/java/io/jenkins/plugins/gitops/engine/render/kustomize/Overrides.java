package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.Problem;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Edits a kustomization as {@code kustomize edit} does, which Argo CD and Flux lean on: not an overlay, in which an image
 * that the kustomization has renamed would no longer be found by its name, and prefixes would add up.
 */
final class Overrides {
    private static final String KEPT = "*";

    private final KustomizeOptions options;
    private final List<Problem> problems = new ArrayList<>();

    Overrides(KustomizeOptions options) {
        this.options = options;
    }

    /** @throws InvalidInputException when the kustomization and the application say different things, unforced */
    KustomizationFile applyTo(KustomizationFile written) {
        ObjectNode content = written.content().deepCopy();
        set(content, "namePrefix", options.namePrefix());
        set(content, "nameSuffix", options.nameSuffix());
        set(content, "namespace", options.namespace());
        images(content);
        replicas(content);
        labels(written, content);
        annotations(written, content);
        patches(content);
        components(written, content);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return written.withContent(content);
    }

    private static void set(ObjectNode content, String field, String value) {
        if (!value.isEmpty()) {
            content.put(field, value);
        }
    }

    private void images(ObjectNode content) {
        if (options.images().isEmpty()) {
            return;
        }
        Map<String, ObjectNode> byName = new TreeMap<>();
        for (JsonNode image : content.path("images")) {
            if (image instanceof ObjectNode mapping) {
                byName.put(mapping.path("name").asText(""), mapping);
            }
        }
        for (KustomizeOptions.Image image : options.images()) {
            ObjectNode before = byName.getOrDefault(image.name(), content.objectNode());
            ObjectNode after = content.objectNode().put("name", image.name());
            merge(before, after, "newName", image.newName());
            merge(before, after, "newTag", image.newTag());
            merge(before, after, "digest", image.digest());
            byName.put(image.name(), after);
        }
        content.set("images", content.arrayNode().addAll(byName.values()));
    }

    private static void merge(ObjectNode before, ObjectNode after, String field, String value) {
        if (!value.equals(KEPT)) {
            set(after, field, value);
        } else if (before.has(field)) {
            after.set(field, before.get(field));
        }
    }

    private void replicas(ObjectNode content) {
        if (options.replicas().isEmpty()) {
            return;
        }
        Map<String, JsonNode> byName = new TreeMap<>();
        content.path("replicas")
                .forEach(written -> byName.put(written.path("name").asText(""), written));
        options.replicas()
                .forEach(replicas -> byName.put(
                        replicas.name(),
                        content.objectNode().put("name", replicas.name()).put("count", replicas.count())));
        content.set("replicas", content.arrayNode().addAll(byName.values()));
    }

    private void labels(KustomizationFile written, ObjectNode content) {
        if (options.commonLabels().isEmpty()) {
            return;
        }
        checkKept(written, "commonLabels", options.commonLabels().keySet(), options.forceCommonLabels());
        if (content.path("commonLabels") instanceof ObjectNode common) {
            common.remove(options.commonLabels().keySet());
        }
        for (JsonNode entry : content.path("labels")) {
            if (entry.path("pairs") instanceof ObjectNode pairs) {
                pairs.remove(options.commonLabels().keySet());
            }
        }
        ObjectNode entry = content.objectNode().put("includeSelectors", !options.labelWithoutSelector());
        if (options.labelWithoutSelector() && options.labelIncludeTemplates()) {
            entry.put("includeTemplates", true);
        }
        ObjectNode pairs = entry.putObject("pairs");
        options.commonLabels().forEach(pairs::put);
        list(content, "labels").add(entry);
    }

    private void annotations(KustomizationFile written, ObjectNode content) {
        if (options.commonAnnotations().isEmpty()) {
            return;
        }
        checkKept(written, "commonAnnotations", options.commonAnnotations().keySet(), options.forceCommonAnnotations());
        ObjectNode annotations = content.path("commonAnnotations") instanceof ObjectNode existing
                ? existing
                : content.putObject("commonAnnotations");
        options.commonAnnotations().forEach(annotations::put);
    }

    private void checkKept(KustomizationFile written, String field, Set<String> keys, boolean forced) {
        for (String key : forced ? Set.<String>of() : keys) {
            ObjectNode content = written.content();
            if (content.path(field).has(key)) {
                conflict(written, field, "/" + field + "/" + step(key), key);
            }
            for (int i = 0;
                    field.equals("commonLabels") && i < content.path("labels").size();
                    i++) {
                if (content.path("labels").path(i).path("pairs").has(key)) {
                    conflict(written, field, "/labels/" + i + "/pairs/" + step(key), key);
                }
            }
        }
    }

    private void conflict(KustomizationFile written, String field, String pointer, String key) {
        String force = "force" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        problems.add(written.problem(
                pointer,
                "\"" + key + "\" is set here and in source.kustomize." + field + " too; remove one of them, or set"
                        + " source.kustomize." + force + " if the application's is to win"));
    }

    private void patches(ObjectNode content) {
        for (KustomizeOptions.Patch patch : options.patches()) {
            ObjectNode entry = list(content, "patches").addObject();
            set(entry, "path", patch.path());
            set(entry, "patch", patch.patch());
            if (!patch.target().isEmpty()) {
                ObjectNode target = entry.putObject("target");
                patch.target().forEach(target::put);
            }
            if (!patch.options().isEmpty()) {
                ObjectNode flags = entry.putObject("options");
                patch.options().forEach(flags::put);
            }
        }
    }

    private void components(KustomizationFile written, ObjectNode content) {
        for (String component : options.components()) {
            boolean there = Files.isDirectory(written.folder().resolve(component));
            if (there || !options.ignoreMissingComponents()) {
                list(content, "components").add(component);
            }
        }
    }

    private static ArrayNode list(ObjectNode content, String field) {
        return content.path(field) instanceof ArrayNode existing ? existing : content.putArray(field);
    }

    private static String step(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
