package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The places of a kustomization, or of a transformer's or generator's configuration, that name other files.
 *
 * <p>Source: the type Kustomization and the loaders of sigs.k8s.io/kustomize/api 0.21. Kustomize refuses a field that it
 * does not know, so there are no others.
 */
final class References {
    /** Each item is a file, a folder with a kustomization, or something remote. */
    static final List<String> ENTRIES =
            List.of("resources", "bases", "components", "generators", "transformers", "validators");

    /** Of these an item may be YAML itself. */
    static final List<String> PLUGINS = List.of("generators", "transformers", "validators");

    private static final List<String> FILES = List.of("crds", "configurations", "patchesStrategicMerge");
    private static final List<String> WITH_PATH = List.of("patches", "patchesJson6902", "replacements");
    private static final List<String> GENERATORS = List.of("configMapGenerator", "secretGenerator");

    /** How Kustomize tells a repository from a folder; host and user alone make one, without a scheme. */
    private static final Pattern REMOTE = Pattern.compile(
            "^(git::|gh:|[a-z][a-z0-9+.-]*://|[a-z0-9_.-]+@|(www\\.)?github\\.com[/:]).*", Pattern.DOTALL);

    private References() {}

    /**
     * One of them.
     *
     * @param pointer to the text
     * @param path the text, or the part of it that is a path
     */
    record Reference(String pointer, String path) {
        boolean isRemote() {
            return REMOTE.matcher(path.toLowerCase(Locale.ROOT)).matches();
        }

        boolean isRemoteFile() {
            String lower = path.toLowerCase(Locale.ROOT);
            return lower.startsWith("http://") || lower.startsWith("https://");
        }
    }

    /** The items of a list that are one line of text: not YAML that stands in the list itself. */
    static List<Reference> entries(ObjectNode content, String field) {
        List<Reference> found = new ArrayList<>();
        JsonNode items = list(content.path(field));
        for (int i = 0; i < items.size(); i++) {
            add(items.get(i), "/" + field + "/" + i, found);
        }
        return found;
    }

    /** The configurations that stand in a list of plugins themselves, by pointer. */
    static List<Reference> inline(ObjectNode content, String field) {
        List<Reference> found = new ArrayList<>();
        JsonNode items = list(content.path(field));
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isTextual() && items.get(i).textValue().contains("\n")) {
                found.add(new Reference("/" + field + "/" + i, items.get(i).textValue()));
            }
        }
        return found;
    }

    /** The files that a kustomization names beside its entries. */
    static List<Reference> files(ObjectNode content) {
        List<Reference> found = new ArrayList<>();
        FILES.forEach(field -> found.addAll(entries(content, field)));
        for (String field : WITH_PATH) {
            JsonNode items = list(content.path(field));
            for (int i = 0; i < items.size(); i++) {
                add(items.get(i).path("path"), "/" + field + "/" + i + "/path", found);
            }
        }
        for (String field : GENERATORS) {
            JsonNode items = list(content.path(field));
            for (int i = 0; i < items.size(); i++) {
                generator(items.get(i), "/" + field + "/" + i, found);
            }
        }
        add(content.path("openapi").path("path"), "/openapi/path", found);
        return found;
    }

    /** The files that the configuration of a built-in transformer or generator may name. */
    static List<Reference> ofPlugin(ObjectNode content) {
        List<Reference> found = new ArrayList<>();
        add(content.path("path"), "/path", found);
        found.addAll(entries(content, "paths"));
        generator(content, "", found);
        JsonNode replacements = list(content.path("replacements"));
        for (int i = 0; i < replacements.size(); i++) {
            add(replacements.get(i).path("path"), "/replacements/" + i + "/path", found);
        }
        return found;
    }

    private static void generator(JsonNode generator, String pointer, List<Reference> found) {
        JsonNode files = list(generator.path("files"));
        for (int i = 0; i < files.size(); i++) {
            // KEY=PATH, or a path whose name is the key.
            String text = files.get(i).asText("");
            found.add(new Reference(pointer + "/files/" + i, text.substring(text.indexOf('=') + 1)));
        }
        JsonNode envs = list(generator.path("envs"));
        for (int i = 0; i < envs.size(); i++) {
            add(envs.get(i), pointer + "/envs/" + i, found);
        }
        add(generator.path("env"), pointer + "/env", found);
    }

    /** What is no list the tool will refuse. */
    private static JsonNode list(JsonNode node) {
        return node.isArray() ? node : MissingNode.getInstance();
    }

    private static void add(JsonNode text, String pointer, List<Reference> found) {
        if (text.isTextual() && !text.textValue().isEmpty() && !text.textValue().contains("\n")) {
            found.add(new Reference(pointer, text.textValue()));
        }
    }
}
