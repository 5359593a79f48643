package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.FieldSet;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells an update that cannot be made from a manifest that is wrong (SEMANTICS 12). The server words the first in five ways;
 * therefore it is asked: what it would take under a name that does not exist yet differs from the live object in a field that
 * cannot be changed.
 */
record ImmutableFields(ObjectApi objects, ApiResource resource) {
    /**
     * What a refused update comes down to.
     *
     * @param differences between what Git declares and the live object, the changeable ones too
     * @param message which of them cannot be changed, for a person
     */
    record Found(List<Difference> differences, String message) {}

    /** Empty when the manifest is invalid under any name, or when no field can be shown that decides it. */
    Optional<Found> explain(Manifest manifest, ObjectNode live, ApiStatus refusal) {
        List<ApiStatus.Cause> causes = new ArrayList<>(refusal.causes());
        List<Difference> differences;
        try {
            ObjectNode created = objects.apply(resource, renamed(manifest), true);
            differences = declaredDifferences(created, live);
        } catch (ApiException e) {
            if (!e.status().invalid()) {
                return Optional.empty();
            }
            // Some kinds bind the name to the content; what is refused under no other name than this is the change.
            causes.removeAll(e.status().causes());
            differences = differencesAt(causes, manifest.content(), live);
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(new Found(differences, message(causes)));
    }

    private static ObjectNode renamed(Manifest manifest) {
        ObjectNode content = manifest.editable();
        String name = "gitops-probe-" + UUID.randomUUID().toString().substring(0, 8);
        content.withObject("/metadata").put("name", name);
        return content;
    }

    /** Only what Git declares, or declared once: the new object has none of what the cluster added to the live one. */
    private static List<Difference> declaredDifferences(ObjectNode created, ObjectNode live) {
        created.withObject("/metadata").set("name", live.at("/metadata/name"));
        FieldSet declared = ours(created);
        FieldSet before = ours(live);
        return FieldComparison.between(created, live).stream()
                .filter(difference -> difference.desired().isPresent()
                        ? declared.contains(difference.path())
                        : before.contains(difference.path()))
                .toList();
    }

    private static FieldSet ours(ObjectNode object) {
        return ManagedFields.of(object)
                .ourApply()
                .map(ManagedFields.Entry::fields)
                .orElse(FieldSet.EMPTY);
    }

    private static List<Difference> differencesAt(List<ApiStatus.Cause> causes, JsonNode desired, JsonNode live) {
        List<Difference> differences = new ArrayList<>();
        causes.stream().map(ApiStatus.Cause::field).distinct().forEach(field -> {
            FieldPath path = FieldPath.of(field.split("\\."));
            Optional<FieldPath.Found> wanted = path.in(desired);
            Optional<FieldPath.Found> found = path.in(live);
            Optional<JsonNode> wantedValue = wanted.map(FieldPath.Found::value);
            Optional<JsonNode> foundValue = found.map(FieldPath.Found::value);
            if (!wantedValue.equals(foundValue)) {
                String pointer =
                        found.or(() -> wanted).map(FieldPath.Found::pointer).orElse("");
                differences.add(new Difference(path, pointer, wantedValue, foundValue));
            }
        });
        return differences;
    }

    /** The server's words without the values that it quotes: they can be long, and of a Secret. */
    private static String message(List<ApiStatus.Cause> causes) {
        String fields = causes.stream()
                .map(ApiStatus.Cause::field)
                .filter(field -> !field.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!causes.isEmpty()
                && causes.stream().allMatch(cause -> cause.message().startsWith("Duplicate value"))) {
            // Under another name there is no such item, so the manifest is accepted; no field is immutable here.
            return fields
                    + " would be there twice: the live list has an item that Git does not know, beside which Git's own"
                    + " cannot be applied; remove that item from the live object";
        }
        String words = causes.stream()
                .map(cause -> cause.message().lines().findFirst().orElse(""))
                .map(line -> line.startsWith("Invalid value: ") ? line.substring(line.lastIndexOf(": ") + 2) : line)
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        return (fields.isEmpty() ? "a field" : fields) + " cannot be changed in a live object"
                + (words.isEmpty() ? "" : " (" + words + ")");
    }
}
