package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Origin;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the objects of a plain build come from, found by kind and name. Kustomize could tell, but to tell costs it as much
 * time again as two thirds of the build; so it is asked only for what is not plain, or when a name tells nothing for certain.
 */
final class KnownOrigins {
    private final Map<String, List<Made>> byKind = new HashMap<>();
    private final Set<Made> taken = new HashSet<>();

    /** What a file or a generator holds; Kustomize puts prefixes and suffixes around its name. */
    private record Made(String kind, String name, Origin origin) {}

    private KnownOrigins() {}

    /**
     * Empty when names cannot tell: a folder is built twice, two objects of a kind have one name, or plugins are configured.
     *
     * @param original the folder that origins are relative to
     */
    static Optional<KnownOrigins> of(FilesRead read, Path original) {
        KnownOrigins known = new KnownOrigins();
        if (!read.remote().isEmpty() || read.buildsTwice()) {
            return Optional.empty();
        }
        for (KustomizationFile kustomization : read.kustomizations()) {
            boolean plugins = References.PLUGINS.stream()
                    .anyMatch(field -> kustomization.content().path(field).size() > 0);
            if (plugins
                    || !kustomization.isWritten()
                    || !known.addGenerated(kustomization, shown(original, kustomization.file()))) {
                return Optional.empty();
            }
        }
        return read.resources().stream().allMatch(file -> known.addFile(file, shown(original, file)))
                ? Optional.of(known)
                : Optional.empty();
    }

    private static String shown(Path original, Path file) {
        return original.relativize(file).toString().replace('\\', '/');
    }

    private boolean addGenerated(KustomizationFile kustomization, String shown) {
        boolean added = true;
        for (String kind : List.of("ConfigMap", "Secret")) {
            String field = kind.equals("Secret") ? "secretGenerator" : "configMapGenerator";
            for (JsonNode generator : kustomization.content().path(field)) {
                boolean changes = !generator.path("behavior").asText("create").equals("create");
                added &= changes || add(new Made(kind, generator.path("name").asText(""), new Origin(shown, 0, 0)));
            }
        }
        return added;
    }

    private boolean addFile(Path file, String shown) {
        try {
            boolean added = true;
            for (YamlDocument document :
                    new YamlReader().read(shown, Files.readAllBytes(file), new ArrayList<>()::add)) {
                String kind = document.content().path("kind").asText("");
                String name = document.content().path("metadata").path("name").asText("");
                // Kustomize takes lists apart.
                added &= !kind.endsWith("List") && add(new Made(kind, name, document.origin("")));
            }
            return added;
        } catch (IOException e) {
            // Kustomize will tell what is wrong with it.
            return false;
        }
    }

    private boolean add(Made made) {
        List<Made> ofKind = byKind.computeIfAbsent(made.kind(), ignored -> new ArrayList<>());
        boolean isNew = ofKind.stream().noneMatch(other -> other.name().equals(made.name()));
        ofKind.add(made);
        return isNew && !made.name().isEmpty();
    }

    /** Empty when it is not certain. */
    Optional<Origin> take(ObjectNode content) {
        String name = content.path("metadata").path("name").asText("");
        Made found = null;
        for (Made made : byKind.getOrDefault(content.path("kind").asText(""), List.of())) {
            boolean longer =
                    found == null || made.name().length() > found.name().length();
            if (name.contains(made.name()) && longer) {
                found = made;
            }
        }
        // Taken twice, one of the two is another's.
        return found != null && taken.add(found) ? Optional.of(found.origin()) : Optional.empty();
    }
}
