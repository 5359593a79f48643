package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of an object that is watched, so that its next version can be told from it: digests, a few hundred bytes however
 * large the object is.
 */
final class Essence {
    private static final String DIGEST = "digest";
    private static final String MANAGERS = "managers";
    private static final String APPLIED = "applied";

    private Essence() {}

    /** All that Git could have an opinion on. */
    static List<Object> of(GenericKubernetesResource object) {
        Map<String, Object> fields = new HashMap<>(object.getAdditionalProperties());
        fields.remove("status");
        return List.of(
                fields,
                Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of()),
                Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of()),
                Objects.requireNonNullElse(object.getMetadata().getDeletionTimestamp(), ""));
    }

    /** The object with nothing but its identity and its digests; itself when it is that already. */
    static GenericKubernetesResource packed(GenericKubernetesResource object) {
        if (object.getAdditionalProperties().containsKey(DIGEST)) {
            return object;
        }
        ObjectMeta metadata = object.getMetadata();
        GenericKubernetesResource packed = new GenericKubernetesResource();
        packed.setApiVersion(object.getApiVersion());
        packed.setKind(object.getKind());
        packed.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withLabels(
                        partOf(object).map(id -> Map.of(ApplySet.PART_OF, id)).orElse(Map.of()))
                .build());
        packed.setAdditionalProperty(DIGEST, digest(of(object).toString()));
        packed.setAdditionalProperty(
                MANAGERS, writers(object).map(Essence::digest).toList());
        packed.setAdditionalProperty(APPLIED, applied(object));
        return packed;
    }

    static Optional<String> partOf(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(ApplySet.PART_OF));
    }

    static boolean isSame(GenericKubernetesResource before, GenericKubernetesResource after) {
        return packed(before)
                .getAdditionalProperties()
                .get(DIGEST)
                .equals(packed(after).getAdditionalProperties().get(DIGEST));
    }

    /**
     * Whether this tool wrote since: its entry has another time. That its entry has other fields says nothing, for who takes a field
     * over takes it out of that entry.
     */
    static boolean isOurs(GenericKubernetesResource before, GenericKubernetesResource after) {
        return !packed(before)
                .getAdditionalProperties()
                .get(APPLIED)
                .equals(packed(after).getAdditionalProperties().get(APPLIED));
    }

    /** Whether nobody but this tool ever wrote it. */
    static boolean isOurs(GenericKubernetesResource added) {
        return !applied(added).isEmpty() && changedBy(added, added).isEmpty();
    }

    /** Whose entry is not what it was; of a new object everybody's but this tool's. Empty when nobody's. */
    static String changedBy(GenericKubernetesResource before, GenericKubernetesResource after) {
        List<?> known = before == after
                ? List.of()
                : (List<?>) packed(before).getAdditionalProperties().get(MANAGERS);
        return writers(after)
                .filter(entry -> !known.contains(digest(entry)))
                .map(ManagedFieldsEntry::getManager)
                .filter(manager -> !ObjectApi.FIELD_MANAGER.equals(manager))
                .findFirst()
                .orElse("");
    }

    private static Stream<ManagedFieldsEntry> writers(GenericKubernetesResource object) {
        return Objects.requireNonNullElse(object.getMetadata().getManagedFields(), List.<ManagedFieldsEntry>of())
                .stream()
                .filter(entry -> !"status".equals(entry.getSubresource()));
    }

    private static String applied(GenericKubernetesResource object) {
        return writers(object)
                .filter(entry -> ObjectApi.FIELD_MANAGER.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull)
                .sorted()
                .reduce("", (times, time) -> times + time);
    }

    private static String digest(ManagedFieldsEntry entry) {
        return digest(entry.getManager()
                + entry.getOperation()
                + entry.getSubresource()
                + entry.getTime()
                + (entry.getFieldsV1() == null ? "" : entry.getFieldsV1().getAdditionalProperties()));
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Arrays.copyOf(Sha256.of(text), 12));
    }
}
