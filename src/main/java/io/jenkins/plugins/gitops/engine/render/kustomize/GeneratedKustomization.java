package io.jenkins.plugins.gitops.engine.render.kustomize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kustomization that Flux makes of a folder that has none: all its YAML files, those of the folders below too; a folder with
 * a kustomization of its own is taken as that. What begins with a dot is left out, and links to folders are not followed.
 */
final class GeneratedKustomization {
    private final Path top;
    private final List<String> resources = new ArrayList<>();

    private GeneratedKustomization(Path top) {
        this.top = top;
    }

    /** @throws InvalidInputException when the folder cannot be read */
    static KustomizationFile of(SourceFolder source) {
        Path top = source.path();
        GeneratedKustomization generated = new GeneratedKustomization(top);
        generated.enter(top);
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", "kustomize.config.k8s.io/v1beta1").put("kind", "Kustomization");
        generated.resources.forEach(content.putArray("resources")::add);
        String folder = source.shown(top);
        String shown = (folder.isEmpty() ? "" : folder + "/") + KustomizationFile.NAMES.get(0) + " (generated)";
        YamlDocument document = new YamlReader()
                .read(shown, content.toString().getBytes(StandardCharsets.UTF_8))
                .get(0);
        return new KustomizationFile(top, top.resolve(KustomizationFile.NAMES.get(0)), document, document.content());
    }

    private void enter(Path folder) {
        for (Path child : children(folder)) {
            String name = String.valueOf(child.getFileName());
            if (name.startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                if (KustomizationFile.isIn(child)) {
                    add(child);
                } else {
                    enter(child);
                }
            } else if (name.matches(".*\\.ya?ml")) {
                add(child);
            }
        }
    }

    private void add(Path path) {
        resources.add(top.relativize(path).toString().replace('\\', '/'));
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new InvalidInputException("source.path", folder + " cannot be read: " + e.getMessage());
        }
    }
}
