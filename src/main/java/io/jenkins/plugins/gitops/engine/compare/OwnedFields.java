package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.FieldSet;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What only the owners of the fields can tell of a live object and its dry-run apply (SEMANTICS 12): fields that Git no longer
 * declares and that the apply alone would not remove.
 */
record OwnedFields(ObjectNode live, ObjectNode dryRun) {
    static final FieldPath LAST_APPLIED = FieldPath.of("metadata", "annotations", SecretMask.LAST_APPLIED);

    /**
     * The fields that a write other than server-side apply set and Git does not declare: one of ours, or {@code kubectl apply} of
     * an object that we never applied. kubectl's own annotation is no field of the user's.
     */
    List<Difference> leftByOtherWrites() {
        FieldSet written = FieldSet.EMPTY;
        for (ManagedFields.Entry entry : ManagedFields.of(live).awaitingMigration()) {
            written = written.union(entry.fields());
        }
        FieldSet declared = ours(dryRun);
        List<Difference> left = new ArrayList<>();
        written.forEachLeaf(path -> {
            Optional<FieldPath.Found> found = path.in(live);
            if (found.isPresent() && !declared.contains(path) && !path.equals(LAST_APPLIED)) {
                left.add(new Difference(
                        path,
                        found.get().pointer(),
                        Optional.empty(),
                        Optional.of(found.get().value())));
            }
        });
        return left;
    }

    /** In words, the fields that left Git and stay because another manager owns them too; empty when there are none. */
    String keptByOthers() {
        FieldSet declared = ours(dryRun);
        ManagedFields owners = ManagedFields.of(dryRun);
        List<String> kept = new ArrayList<>();
        ours(live).forEachLeaf(path -> {
            if (!declared.contains(path) && path.in(dryRun).isPresent()) {
                owners.entries().stream()
                        .filter(entry -> !entry.manager().equals(ObjectApi.FIELD_MANAGER)
                                && entry.fields().contains(path))
                        .findFirst()
                        .ifPresent(entry -> kept.add(path + " is no longer in Git and kept by " + entry.manager()));
            }
        });
        return String.join("; ", kept);
    }

    /** Without the objects, which may be Secrets. */
    @Override
    public String toString() {
        return "owned fields of " + live.path("kind").asText() + " "
                + live.path("metadata").path("name").asText();
    }

    private static FieldSet ours(ObjectNode object) {
        return ManagedFields.of(object)
                .ourApply()
                .map(ManagedFields.Entry::fields)
                .orElse(FieldSet.EMPTY);
    }
}
