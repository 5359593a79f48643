package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.ThreeWayPatch;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.WriteMethod;
import java.util.Optional;

/**
 * The ways to write one object (SEMANTICS 7 and 12). Whatever is written by other means than server-side apply gets a second
 * write, an apply of the tracking label alone: by that it is known to be ours.
 */
final class ObjectMethods {
    private static final int TRIES_AGAINST_OTHERS = 5;
    private static final FieldPath LABEL = FieldPath.of("metadata", "labels", ApplySet.PART_OF);

    private final ObjectApi objects;
    private final String applySetId;

    ObjectMethods(ObjectApi objects, String applySetId) {
        this.objects = objects;
        this.applySetId = applySetId;
    }

    /** @param live as it was compared; empty when it is to be created */
    ObjectNode write(Compared object, ApiResource resource, Optional<ObjectNode> live) {
        ObjectNode desired = object.desired().orElseThrow().content();
        return switch (WriteMethod.of(object.options())) {
            case apply -> {
                migrate(object, resource, live);
                yield objects.apply(resource, desired, false);
            }
            case patch ->
                labelled(
                        resource,
                        againstOthers(
                                object,
                                resource,
                                live,
                                now -> new ThreeWayPatch(objects, resource)
                                        .write(desired, now, ObjectApi.Write.forGood(object.options()))));
            case replace ->
                labelled(
                        resource,
                        againstOthers(object, resource, live, now -> replace(object, resource, desired, now)));
        };
    }

    private ObjectNode replace(Compared object, ApiResource resource, ObjectNode desired, Optional<ObjectNode> live) {
        ObjectApi.Write write = ObjectApi.Write.forGood(object.options());
        if (live.isEmpty()) {
            return objects.create(resource, desired, write);
        }
        ObjectNode whole = desired.deepCopy();
        whole.withObject("/metadata").set("resourceVersion", live.get().at("/metadata/resourceVersion"));
        return objects.replace(resource, whole, write);
    }

    /** What {@code kubectl apply} set becomes ours before the apply, so that the apply can remove what Git does not declare. */
    private void migrate(Compared object, ApiResource resource, Optional<ObjectNode> live) {
        if (live.filter(now -> !ManagedFields.of(now).awaitingMigration().isEmpty())
                .isPresent()) {
            againstOthers(object, resource, live, now -> {
                if (now.filter(still ->
                                !ManagedFields.of(still).awaitingMigration().isEmpty())
                        .isPresent()) {
                    objects.takeOverClientSideApply(resource, now.get());
                }
                return null;
            });
        }
    }

    /** One write that depends on what is there; when somebody was faster, again with what is there then. */
    private ObjectNode againstOthers(Compared object, ApiResource resource, Optional<ObjectNode> first, Write write) {
        Optional<ObjectNode> live = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return write.over(live);
            } catch (ApiException e) {
                int code = e.status().code();
                boolean changedMeanwhile = code == 409 || code == 422 || code == 404;
                if (!changedMeanwhile || attempt == TRIES_AGAINST_OTHERS) {
                    throw e;
                }
                Optional<ObjectNode> now = objects.get(
                        resource, object.key().namespace(), object.key().name());
                if (now.map(ObjectMethods::version).equals(live.map(ObjectMethods::version))) {
                    // Nothing changed: it is refused for what it is.
                    throw e;
                }
                live = now;
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        ObjectNode over(Optional<ObjectNode> live);
    }

    /** The second write. An Apply entry of ours that owns more than the label would lose it by that, so it is given up before. */
    private ObjectNode labelled(ApiResource resource, ObjectNode written) {
        Optional<ManagedFields.Entry> ours = ManagedFields.of(written).ourApply();
        boolean more = ours.filter(ObjectMethods::ownsMoreThanTheLabel).isPresent();
        if (Inventory.isOurs(written, applySetId) && !more) {
            return written;
        }
        if (more) {
            objects.giveUpApply(resource, written);
        }
        ObjectNode label = JsonNodeFactory.instance.objectNode();
        label.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        ObjectNode metadata = label.putObject("metadata");
        metadata.set("name", written.at("/metadata/name"));
        if (written.path("metadata").has("namespace")) {
            metadata.set("namespace", written.at("/metadata/namespace"));
        }
        metadata.putObject("labels").put(ApplySet.PART_OF, applySetId);
        return objects.apply(resource, label, false);
    }

    private static boolean ownsMoreThanTheLabel(ManagedFields.Entry entry) {
        boolean[] more = new boolean[1];
        entry.fields().forEachLeaf(path -> more[0] |= !path.equals(LABEL));
        return more[0];
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }
}
