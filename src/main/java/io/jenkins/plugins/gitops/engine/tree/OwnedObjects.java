package io.jenkins.plugins.gitops.engine.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The objects that others own, and what the cluster warns of them. Costs one list for each kind and namespace that may hold
 * something, however many objects there are, and one list of events for a namespace that is asked for.
 */
final class OwnedObjects {
    private static final GroupKind EVENT = GroupKind.parse("Event");

    private final Cluster cluster;
    private final Map<String, List<ObjectNode>> byOwner = new HashMap<>();
    private final Map<String, Map<String, ObjectNode>> events = new ConcurrentHashMap<>();
    private final Set<String> warnings = new ConcurrentSkipListSet<>();

    /** A kind in a namespace, or a cluster-scoped kind. */
    private record Place(ApiResource resource, String namespace) {}

    private OwnedObjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @param roots live objects; what they own, and what that owns, is read */
    static OwnedObjects of(Cluster cluster, Collection<ObjectNode> roots) {
        OwnedObjects owned = new OwnedObjects(cluster);
        ChildKinds kinds = new ChildKinds(cluster.discovery());
        Set<Place> places = new LinkedHashSet<>();
        for (ObjectNode root : roots) {
            String namespace = root.path("metadata").path("namespace").asText();
            kinds.of(groupKind(root), !namespace.isEmpty())
                    .forEach(resource -> places.add(new Place(resource, namespace)));
        }
        InParallel.map(places, owned::list).forEach(objects -> objects.forEach(owned::add));
        return owned;
    }

    static GroupKind groupKind(ObjectNode object) {
        return new GroupKind(
                GroupKind.groupOf(object.path("apiVersion").asText()),
                object.path("kind").asText());
    }

    /** What names the object as an owner. */
    List<ObjectNode> ownedBy(ObjectNode owner) {
        return byOwner.getOrDefault(uid(owner), List.of());
    }

    /** The newest warning of the cluster about the object: {@code FailedScheduling: 0/3 nodes are available}. */
    Optional<String> warning(ObjectNode object) {
        String namespace = object.path("metadata").path("namespace").asText();
        return Optional.ofNullable(
                        events.computeIfAbsent(namespace, this::newestWarnings).get(uid(object)))
                .map(event -> event.path("reason").asText() + ": "
                        + event.path("message").asText().strip());
    }

    /** What could not be read, and so may be missing. */
    Set<String> warnings() {
        return new TreeSet<>(warnings);
    }

    private List<ObjectNode> list(Place place) {
        try {
            return cluster.objects().list(place.resource(), place.namespace(), "");
        } catch (ApiException e) {
            warnings.add(place.resource().plural() + " of " + where(place.namespace()) + " cannot be listed: "
                    + e.getMessage());
            return List.of();
        }
    }

    private void add(ObjectNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            List<ObjectNode> owned = byOwner.computeIfAbsent(owner.path("uid").asText(), uid -> new ArrayList<>());
            if (!owned.contains(object)) {
                owned.add(object);
            }
        }
    }

    /** By the object that they are about. */
    private Map<String, ObjectNode> newestWarnings(String namespace) {
        Map<String, ObjectNode> newest = new HashMap<>();
        Optional<ApiResource> resource = cluster.discovery().find(EVENT);
        if (namespace.isEmpty() || resource.isEmpty()) {
            return newest;
        }
        try {
            for (ObjectNode event : cluster.objects().listWhere(resource.get(), namespace, "type=Warning")) {
                newest.merge(
                        event.path("involvedObject").path("uid").asText(),
                        event,
                        (known, other) -> time(other).compareTo(time(known)) >= 0 ? other : known);
            }
        } catch (ApiException e) {
            warnings.add("events of " + where(namespace) + " cannot be listed: " + e.getMessage());
        }
        return newest;
    }

    /** RFC 3339 in UTC: its order as a text is that of time, to the second. */
    private static String time(ObjectNode event) {
        for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
            if (event.path(field).isTextual()) {
                return event.path(field).textValue();
            }
        }
        return "";
    }

    private static String where(String namespace) {
        return namespace.isEmpty() ? "the cluster" : "namespace " + namespace;
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
