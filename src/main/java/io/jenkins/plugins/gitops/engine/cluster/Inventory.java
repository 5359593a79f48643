package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads and writes an application's {@link ApplySet} parent. Widened before the first apply and narrowed only after the last
 * prune, so that an interrupted sync never loses an object (SEMANTICS 3).
 */
public final class Inventory {
    private static final ApiResource CONFIG_MAP = new ApiResource("", "v1", "ConfigMap", "configmaps", true);

    private final Cluster cluster;

    public Inventory(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The inventory as it is recorded, or an empty one.
     *
     * @throws RefusedException when it records another application or controller, unless {@code adopt}
     */
    public ApplySet read(Application application, String controller, boolean adopt) {
        ApplySet own = ApplySet.empty(application, controller);
        Optional<ObjectNode> parent = get(own);
        if (parent.isEmpty()) {
            parent = parentsOf(application, own.namespace()).findFirst();
        }
        if (parent.isEmpty()) {
            return own;
        }
        own = own.named(parent.get().path("metadata").path("name").asText());
        if (!adopt) {
            own.requireOwnedBy(parent.get());
        }
        return own.recordedBy(parent.get());
    }

    /**
     * What the application left in other namespaces, when its destination was changed: their inventories, in words for a
     * person. Empty where it may not look.
     *
     * @param permissions namespaces outside are not told of
     */
    public List<String> leftElsewhere(Application application, Permissions permissions) {
        try {
            return parentsOf(application, "")
                    .filter(parent -> !namespaceOf(parent)
                            .equals(application.destination().namespace()))
                    .filter(parent -> permissions.refusal(namespaceOf(parent)).isEmpty())
                    .filter(parent -> !parent.path("metadata")
                            .path("annotations")
                            .path(ApplySet.GROUP_KINDS)
                            .asText("")
                            .isEmpty())
                    .map(parent -> "application " + application.name() + " still has objects that were synced when its"
                            + " destination was the namespace " + namespaceOf(parent) + " (inventory ConfigMap "
                            + namespaceOf(parent) + "/"
                            + parent.path("metadata").path("name").asText()
                            + "); they are left alone: prune them there, or delete that inventory to forget them")
                    .toList();
        } catch (ClusterException e) {
            return List.of(e.getMessage());
        }
    }

    private static String namespaceOf(JsonNode parent) {
        return parent.path("metadata").path("namespace").asText();
    }

    /** The parents that carry the application's UUID, the oldest first; none where they may not be listed. */
    private Stream<ObjectNode> parentsOf(Application application, String namespace) {
        String uuid = application.uuid().toString();
        try {
            return cluster.objects().list(CONFIG_MAP, namespace, ApplySet.UUID + "=" + uuid).stream()
                    .filter(parent -> ApplySet.owner(parent)
                            .filter(owner -> owner.uuid().equals(uuid))
                            .isPresent())
                    .sorted(Comparator.comparing(parent ->
                            parent.path("metadata").path("creationTimestamp").asText("")));
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                return Stream.empty();
            }
            throw ClusterException.of(
                    "the inventory of application " + application.name() + " cannot be looked for in "
                            + (namespace.isEmpty() ? "all namespaces" : "namespace " + namespace) + ": "
                            + e.getMessage(),
                    e,
                    e.status().retryable());
        }
    }

    private Optional<ObjectNode> get(ApplySet set) {
        try {
            return cluster.objects().get(CONFIG_MAP, set.namespace(), set.name());
        } catch (ApiException e) {
            throw ClusterException.of(
                    "the inventory, ConfigMap " + set.namespace() + "/" + set.name() + ", cannot be read: "
                            + e.getMessage() + "; without it nobody knows which objects are this application's",
                    e,
                    e.status().retryable());
        }
    }

    /**
     * Writes the parent.
     *
     * @throws ClusterException when the server does not take it
     */
    public void write(ApplySet set) {
        try {
            cluster.objects().apply(CONFIG_MAP, set.manifest(), false);
        } catch (ApiException e) {
            throw ClusterException.of(
                    "the inventory, ConfigMap " + set.namespace() + "/" + set.name() + ", cannot be written: "
                            + e.getMessage() + "; it must record what a sync writes before the sync may write it",
                    e,
                    e.status().retryable());
        }
    }

    /**
     * Deletes the parent: from here on nobody knows which objects were the application's.
     *
     * @throws ClusterException when the server does not take it
     */
    public void delete(ApplySet set) {
        try {
            Optional<ObjectNode> parent = cluster.objects().get(CONFIG_MAP, set.namespace(), set.name());
            if (parent.isPresent()) {
                cluster.objects()
                        .delete(
                                CONFIG_MAP,
                                set.namespace(),
                                set.name(),
                                parent.get().path("metadata").path("uid").asText());
            }
        } catch (ApiException e) {
            if (!e.status().notFound()) {
                throw new ClusterException(
                        "all objects are gone, but the inventory, ConfigMap " + set.namespace() + "/" + set.name()
                                + ", cannot be deleted: " + e.getMessage(),
                        e);
            }
        }
    }

    /**
     * The applications that are recorded in a namespace under a name: more than one only when several had it.
     *
     * @throws ClusterException when the server does not tell
     */
    public List<ApplySet.Owner> ownersNamed(String application, String namespace) {
        try {
            return cluster.objects().list(CONFIG_MAP, namespace, ApplySet.UUID).stream()
                    .flatMap(parent -> ApplySet.owner(parent).stream())
                    .filter(owner -> owner.application().equals(application))
                    .distinct()
                    .toList();
        } catch (ApiException e) {
            throw new ClusterException(
                    "the inventories in namespace " + namespace + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Who tracks objects with this id, in words: the application that its parent records, where that can be read. */
    public String nameOf(String id) {
        try {
            for (JsonNode parent : cluster.objects().list(CONFIG_MAP, "", ApplySet.ID + "=" + id)) {
                String place =
                        "ConfigMap " + parent.path("metadata").path("namespace").asText() + "/"
                                + parent.path("metadata").path("name").asText();
                return ApplySet.owner(parent)
                        .map(owner -> "application " + owner.application() + " (inventory " + place + ")")
                        .orElse("the ApplySet of " + place);
            }
        } catch (ApiException e) {
            return "the ApplySet " + id + " (whose it is cannot be read: " + e.getMessage() + ")";
        }
        return "the ApplySet " + id;
    }

    /**
     * Whether a live object is a member that we made (SEMANTICS 3 and 12): it has our label, and our Apply entry owns that
     * label. A label that a controller copied never makes an object ours. One that a controller has come to own since
     * ({@link #controllerOf}) is still ours, but no longer ours alone: it is never pruned unasked.
     */
    public static boolean isOurs(JsonNode live, String id) {
        return id.equals(trackedBy(live))
                && ManagedFields.of(live)
                        .ourApply()
                        .filter(entry -> entry.fields().contains(FieldPath.of("metadata", "labels", ApplySet.PART_OF)))
                        .isPresent();
    }

    /** The id of the ApplySet that a live object says it is part of; empty when none. */
    public static String trackedBy(JsonNode live) {
        return live.path("metadata").path("labels").path(ApplySet.PART_OF).asText("");
    }

    /** The owner that controls a live object, as {@code Kind name}. */
    public static Optional<String> controllerOf(JsonNode live) {
        for (JsonNode owner : live.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(
                        owner.path("kind").asText() + " " + owner.path("name").asText());
            }
        }
        return Optional.empty();
    }
}
