package io.jenkins.plugins.gitops.engine.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Renders a folder, or one file, of plain YAML and JSON manifests (SEMANTICS 2). The result depends on the files, the source
 * and the scopes alone. A folder without manifests yields an empty set: whether that may be synced is not decided here.
 */
public final class PlainRenderer {
    private static final Map<String, String> OTHER_RENDERERS = Map.of(
            "Chart.yaml", "Helm",
            "kustomization.yaml", "Kustomize",
            "kustomization.yml", "Kustomize",
            "Kustomization", "Kustomize");

    private final YamlReader reader = new YamlReader();

    /**
     * The desired set.
     *
     * @param defaultNamespace given to namespaced objects that name none
     * @param scopes asked for kinds that no CustomResourceDefinition of the set defines
     * @throws InvalidInputException with every problem of the set
     */
    public Rendered render(SourceTree tree, Source source, String defaultNamespace, Scopes scopes) {
        SourceFolder folder = SourceFolder.find(tree, source);
        refuseOtherRenderers(folder);
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        List<Written> objects = read(folder, source, problems::add, warnings::add);
        Namespaces namespaces = new Namespaces(defaultNamespace, scopes, objects, warnings::add);
        List<Manifest> manifests = complete(objects, namespaces, problems::add, warnings::add);
        reportDuplicates(manifests, problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new Rendered(manifests, warnings.stream().map(Problem::toString).toList(), namespaces.unknownKinds());
    }

    private static void refuseOtherRenderers(SourceFolder folder) {
        for (Map.Entry<String, String> other : OTHER_RENDERERS.entrySet()) {
            if (Files.exists(folder.path().resolve(other.getKey()))) {
                throw new InvalidInputException(
                        other.getKey(),
                        other.getValue() + " is not supported yet: point source.path to a folder of plain manifests");
            }
        }
    }

    private List<Written> read(
            SourceFolder folder, Source source, Consumer<Problem> problems, Consumer<Problem> warnings) {
        Lists lists = new Lists(problems);
        ObjectShape shape = new ObjectShape(problems);
        SteeringAnnotations steering = new SteeringAnnotations(problems, warnings);
        ManifestFile files = new ManifestFile(problems);
        List<Written> objects = new ArrayList<>();
        new SourceFiles(folder, source, problems).find().forEach((name, file) -> {
            byte[] text = files.read(name, file);
            for (YamlDocument document : reader.read(name, text, problems)) {
                lists.flatten(document, object -> {
                    if (shape.check(object)) {
                        steering.check(object);
                        objects.add(object);
                    }
                });
            }
        });
        return objects;
    }

    private static List<Manifest> complete(
            List<Written> objects, Namespaces namespaces, Consumer<Problem> problems, Consumer<Problem> warnings) {
        ServerFields serverFields = new ServerFields(warnings);
        SecretData secrets = new SecretData(problems);
        List<Manifest> manifests = new ArrayList<>();
        for (Written object : objects) {
            ObjectNode content = object.content().deepCopy();
            serverFields.remove(object, content);
            secrets.merge(object, content);
            namespaces.resolve(object, content);
            manifests.add(new Manifest(content, object.origin()));
        }
        return manifests;
    }

    private static void reportDuplicates(List<Manifest> manifests, Consumer<Problem> problems) {
        Map<ResourceKey, Manifest> first = new HashMap<>();
        for (Manifest manifest : manifests) {
            Manifest other = first.putIfAbsent(manifest.key(), manifest);
            if (other != null) {
                problems.accept(Problem.at(
                        manifest.origin(),
                        manifest.key() + " is already defined at " + other.origin() + "; remove one of the two"));
            }
        }
    }
}
