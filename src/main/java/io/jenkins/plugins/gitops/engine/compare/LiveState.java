package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * The live objects that matter to an application: those it desires and those labelled as its members.
 *
 * <p>Kinds with many desired objects in one namespace are listed there; the others are got one by one, and their members
 * listed by label.
 */
final class LiveState {
    /** From here on one list is cheaper than the single requests, also when the namespace holds others' objects. */
    private static final int LIST_FROM = 20;

    private final Cluster cluster;
    private final ApplySet recorded;
    private final LostRequests lost;
    private final Map<ResourceKey, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<ResourceKey, ApiStatus> unreadable = new ConcurrentHashMap<>();
    private final Set<String> warnings = new ConcurrentSkipListSet<>();
    private final Set<Place> listed = ConcurrentHashMap.newKeySet();

    /** A kind in a namespace, or a cluster-scoped kind. */
    private record Place(ApiResource resource, String namespace) {}

    private LiveState(Cluster cluster, ApplySet recorded, LostRequests lost) {
        this.cluster = cluster;
        this.lost = lost;
        this.recorded = recorded;
    }

    static LiveState read(Cluster cluster, ApplySet recorded, List<DesiredObject> desired, LostRequests lost) {
        LiveState state = new LiveState(cluster, recorded, lost);
        Map<Place, Long> counts = desired.stream()
                .filter(object -> object.resource().isPresent())
                .collect(Collectors.groupingBy(LiveState::place, Collectors.counting()));
        Set<Place> whole = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LIST_FROM)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<ResourceKey, ApiResource> wanted = desired.stream()
                .filter(object -> object.resource().isPresent())
                .collect(Collectors.toMap(
                        DesiredObject::key, object -> object.resource().get()));
        InParallel.map(whole, place -> state.list(place, "", wanted));
        Set<Place> members = state.memberPlaces(desired);
        members.removeAll(state.listed);
        InParallel.map(members, place -> state.list(place, ApplySet.PART_OF + "=" + recorded.id(), wanted));
        List<DesiredObject> single = desired.stream()
                .filter(object -> object.resource().isPresent() && !state.objects.containsKey(object.key()))
                .filter(object -> !(whole.contains(place(object)) && state.listed.contains(place(object))))
                .toList();
        InParallel.map(single, state::get);
        return state;
    }

    Optional<ObjectNode> get(ResourceKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Why an object could not be read. */
    Optional<ApiStatus> unreadable(ResourceKey key) {
        return Optional.ofNullable(unreadable.get(key));
    }

    Map<ResourceKey, ObjectNode> all() {
        return new TreeMap<>(objects);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static Place place(DesiredObject object) {
        return new Place(object.resource().orElseThrow(), object.key().namespace());
    }

    private Set<Place> memberPlaces(List<DesiredObject> desired) {
        Map<Object, ApiResource> versions = desired.stream()
                .filter(object -> object.resource().isPresent())
                .collect(Collectors.toMap(
                        object -> object.key().groupKind(),
                        object -> object.resource().get(),
                        (first, second) -> first));
        Set<String> namespaces = new LinkedHashSet<>(recorded.namespaces());
        namespaces.add(recorded.namespace());
        Set<Place> places = new LinkedHashSet<>();
        for (var kind : recorded.groupKinds()) {
            Optional<ApiResource> resource = Optional.ofNullable(versions.get(kind))
                    .or(() -> cluster.discovery().find(kind));
            if (resource.isEmpty() && cluster.discovery().isSilent(kind.group())) {
                warnUnlisted(kind, "", "the API server of " + kind.group() + " does not answer");
            }
            // Any other kind that is no longer served has no objects left.
            resource.ifPresent(found -> {
                if (found.namespaced()) {
                    namespaces.forEach(namespace -> places.add(new Place(found, namespace)));
                } else {
                    places.add(new Place(found, ""));
                }
            });
        }
        return places;
    }

    private Place list(Place place, String selector, Map<ResourceKey, ApiResource> wanted) {
        try {
            for (ObjectNode object : cluster.objects().list(place.resource(), place.namespace(), selector)) {
                ResourceKey key = keyOf(place.resource(), object);
                ApiResource asked = wanted.get(key);
                // One that Git writes in another version is got in that version: two versions must not be compared.
                boolean matters = asked == null
                        ? Inventory.trackedBy(object).equals(recorded.id())
                        : asked.equals(place.resource());
                if (matters) {
                    objects.put(key, object);
                }
            }
            listed.add(place);
        } catch (ApiException e) {
            if (e.status().notFound()) {
                listed.add(place);
            } else {
                warnUnlisted(place, selector, e.status());
            }
        } catch (ClusterException e) {
            warnUnlisted(place, selector, lost.count(e));
        }
        return place;
    }

    /** A failed list of all objects is no loss yet: they are got one by one, and the members listed by label. */
    private void warnUnlisted(Place place, String selector, ApiStatus status) {
        if (!selector.isEmpty()) {
            warnUnlisted(place.resource().groupKind(), place.namespace(), status.message());
        }
    }

    private void warnUnlisted(GroupKind kind, String namespace, String why) {
        warnings.add("objects of " + kind + (namespace.isEmpty() ? "" : " in namespace " + namespace)
                + " that are no longer in Git cannot be found: " + why);
    }

    private ResourceKey get(DesiredObject object) {
        ResourceKey key = object.key();
        try {
            cluster.objects()
                    .get(object.resource().orElseThrow(), key.namespace(), key.name())
                    .ifPresent(live -> objects.put(key, live));
        } catch (ApiException e) {
            unreadable.put(key, e.status());
        } catch (ClusterException e) {
            unreadable.put(key, lost.count(e));
        }
        return key;
    }

    private static ResourceKey keyOf(ApiResource resource, ObjectNode object) {
        return new ResourceKey(
                resource.groupKind(),
                object.path("metadata").path("namespace").asText(""),
                object.path("metadata").path("name").asText(""));
    }
}
