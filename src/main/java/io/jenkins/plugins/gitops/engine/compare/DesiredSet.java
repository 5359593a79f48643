package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Discovery;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The desired objects by key, labelled as members of their ApplySet and matched with what the cluster serves. */
final class DesiredSet {
    private final Map<ResourceKey, DesiredObject> objects = new LinkedHashMap<>();
    private final Map<GroupKind, Manifest> definitions = new LinkedHashMap<>();

    /**
     * @param recorded the inventory whose members they are; in its namespace is what names none and whose scope is not known
     * @param options of the application
     * @throws InvalidInputException naming every manifest whose kind neither the cluster nor the set defines, unless its option
     *     SkipDryRunOnMissingResource says that this may be
     */
    DesiredSet(List<Manifest> manifests, ApplySet recorded, Discovery discovery, ObjectOptions options) {
        manifests.stream()
                .filter(manifest -> manifest.key().isCustomResourceDefinition())
                .forEach(definition -> definitions.put(definition.definedKind(), definition));
        List<Problem> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Optional<ApiResource> resource =
                    discovery.find(manifest.apiVersion(), manifest.groupKind().kind());
            boolean known = resource.isPresent()
                    || isDefinedHere(manifest)
                    || discovery.isSilent(manifest.groupKind().group());
            boolean maySkip = !known
                    && ObjectOptions.of(manifest.content(), options).isOn(SyncOption.SkipDryRunOnMissingResource);
            if (!known && !maySkip) {
                problems.add(Problem.at(manifest.origin(), unknownKind(manifest, discovery)));
            }
            Manifest labelled = label(maySkip ? placed(manifest, recorded.namespace()) : manifest, recorded.id());
            objects.put(labelled.key(), new DesiredObject(labelled, resource));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    List<DesiredObject> objects() {
        return List.copyOf(objects.values());
    }

    boolean contains(ResourceKey key) {
        return objects.containsKey(key);
    }

    boolean containsNamespace(String name) {
        return contains(new ResourceKey("", "Namespace", "", name));
    }

    /** The CustomResourceDefinition in this set that defines a kind. */
    Optional<ResourceKey> definitionOf(GroupKind kind) {
        return Optional.ofNullable(definitions.get(kind)).map(Manifest::key);
    }

    /** The schema that this set gives the objects of a kind and version; empty when it gives none. */
    Optional<JsonNode> schemaOf(Manifest manifest) {
        String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
        return Optional.ofNullable(definitions.get(manifest.groupKind()))
                .flatMap(definition -> StreamSupport.stream(
                                definition
                                        .content()
                                        .path("spec")
                                        .path("versions")
                                        .spliterator(),
                                false)
                        .filter(served -> served.path("name").asText().equals(version))
                        .map(served -> served.path("schema").path("openAPIV3Schema"))
                        .filter(JsonNode::isObject)
                        .findFirst());
    }

    boolean isDefinedHere(Manifest manifest) {
        Manifest definition = definitions.get(manifest.groupKind());
        if (definition == null) {
            return false;
        }
        String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
        for (JsonNode served : definition.content().path("spec").path("versions")) {
            if (served.path("name").asText().equals(version)
                    && served.path("served").asBoolean(true)) {
                return true;
            }
        }
        return false;
    }

    private static String unknownKind(Manifest manifest, Discovery discovery) {
        String kind = manifest.groupKind().kind();
        List<String> served = discovery.apiVersionsOf(kind);
        String hint = served.isEmpty()
                ? "the cluster serves no kind " + kind
                        + "; check its spelling, or add its CustomResourceDefinition to the application"
                : "the cluster serves " + kind + " in " + String.join(", ", served) + "; change the apiVersion";
        return "no kind " + kind + " in apiVersion " + manifest.apiVersion() + " (" + manifest.key() + "): " + hint;
    }

    /** Most kinds are namespaced; when this one turns out not to be, {@link Comparer#compareAgain} takes it back. */
    private static Manifest placed(Manifest manifest, String namespace) {
        ObjectNode content = manifest.editable();
        if (!content.path("metadata").has("namespace")) {
            content.withObject("/metadata").put("namespace", namespace);
        }
        return manifest.withContent(content);
    }

    private static Manifest label(Manifest manifest, String id) {
        ObjectNode content = manifest.editable();
        content.withObject("/metadata/labels").put(ApplySet.PART_OF, id);
        boolean aggregated = manifest.groupKind().is("rbac.authorization.k8s.io", "ClusterRole")
                && content.path("aggregationRule").isObject();
        if (aggregated) {
            // A controller writes them, whatever anybody else does; to apply any would be a fight without an end.
            content.remove("rules");
        }
        return manifest.withContent(content);
    }
}
