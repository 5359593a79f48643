package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who owns which field of a live object (meta/v1 ManagedFieldsEntry). */
public record ManagedFields(List<Entry> entries) {
    /**
     * One manager's fields.
     *
     * @param operation {@code Apply} or {@code Update}
     * @param subresource empty for the object itself
     * @param time of the manager's last write to any of its fields; null when the server keeps none
     */
    public record Entry(
            String manager, String operation, String subresource, String apiVersion, Instant time, FieldSet fields) {}

    /** Under which {@code kubectl apply} without {@code --server-side} writes. */
    private static final String KUBECTL = "kubectl-client-side-apply";

    public ManagedFields {
        entries = List.copyOf(entries);
    }

    public static ManagedFields of(JsonNode object) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            String time = entry.path("time").asText("");
            entries.add(new Entry(
                    entry.path("manager").asText(""),
                    entry.path("operation").asText(""),
                    entry.path("subresource").asText(""),
                    entry.path("apiVersion").asText(""),
                    time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant(),
                    new FieldSet(entry.path("fieldsV1"))));
        }
        return new ManagedFields(entries);
    }

    /** The entry that our server-side applies left. */
    public Optional<Entry> ourApply() {
        return entries.stream()
                .filter(entry -> entry.manager().equals(ObjectApi.FIELD_MANAGER)
                        && entry.operation().equals("Apply")
                        && entry.subresource().isEmpty())
                .findFirst();
    }

    /**
     * The entries whose fields our server-side apply is to take over, so that it removes those that Git does not declare: what
     * {@code kubectl apply} set in an object that we never applied (SEMANTICS 12), and what we wrote by other means.
     */
    public List<Entry> awaitingMigration() {
        return entries.stream()
                .filter(entry -> entry.operation().equals("Update")
                        && entry.subresource().isEmpty())
                .filter(entry -> entry.manager().equals(ObjectApi.FIELD_MANAGER)
                        || (entry.manager().equals(KUBECTL) && ourApply().isEmpty()))
                .toList();
    }

    /**
     * The entry that wrote a field's live value: the youngest of those that name it most closely. Several can own it only when
     * they agree on the value, so the youngest is the last that wrote it; entries without a time are older than any.
     */
    public Optional<Entry> writerOf(FieldPath path) {
        return entries.stream()
                .filter(entry -> entry.fields().contains(path))
                .max(Comparator.<Entry>comparingInt(
                                entry -> entry.fields().depthOf(path).orElse(-1))
                        .thenComparing(entry -> entry.time() == null ? Instant.EPOCH : entry.time()));
    }

    /** All fields that anybody owns: their shape tells lists with merge keys from atomic ones. */
    public FieldSet all() {
        FieldSet all = FieldSet.EMPTY;
        for (Entry entry : entries) {
            all = all.union(entry.fields());
        }
        return all;
    }
}
