package io.jenkins.plugins.gitops.engine.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jenkins.plugins.gitops.engine.cluster.MemberChange.Kind;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Watches everything that the applications of one controller have in one cluster: first their inventories, which say what kinds
 * there are, then one watch for each kind, whatever the number of applications. An inventory that comes or grows is followed.
 *
 * <p>It tells of changes on threads of its own, and remembers digests only. Where not all namespaces may be watched, given ones
 * are.
 */
public final class MemberWatch implements AutoCloseable {
    private static final ApiResource CONFIG_MAP = new ApiResource("", "v1", "ConfigMap", "configmaps", true);

    private final Cluster cluster;
    private final String controller;
    private final Set<String> namespaces;
    private final Consumer<MemberChange> changed;

    /** By the id that their members have as a label. */
    private final Map<String, Parent> parents = new HashMap<>();

    private final List<WatchedKind> inventories = new ArrayList<>();
    private final Map<GroupKind, List<WatchedKind>> kinds = new TreeMap<>();
    private boolean grown;

    private record Parent(String application, Set<GroupKind> kinds) {}

    /**
     * @param controller whose inventories count
     * @param namespaces those in which it watches where it may not in all
     */
    public MemberWatch(Cluster cluster, String controller, Set<String> namespaces, Consumer<MemberChange> changed) {
        this.cluster = cluster;
        this.controller = controller;
        this.namespaces = new TreeSet<>(namespaces);
        this.changed = changed;
    }

    /**
     * Begins to watch the inventories, and what they say so far.
     *
     * @throws io.jenkins.plugins.gitops.engine.model.GitOpsException when the server does not answer, or does not let it watch
     */
    public void start() throws InterruptedException {
        inventories.addAll(watch(CONFIG_MAP, ApplySet.ID, this::inventory));
        follow();
    }

    /** Watches the kinds that inventories got since the last call. To be called now and then, by the thread that started it. */
    public void follow() throws InterruptedException {
        for (GroupKind kind : wanted()) {
            Optional<ApiResource> resource = cluster.discovery().find(kind);
            if (resource.isEmpty()) {
                resource = cluster.refreshDiscovery().find(kind);
            }
            if (resource.isPresent()) {
                List<WatchedKind> watches = watch(resource.get(), ApplySet.PART_OF, this::member);
                synchronized (this) {
                    kinds.put(kind, watches);
                }
            }
        }
    }

    private synchronized Set<GroupKind> wanted() {
        if (!grown) {
            return Set.of();
        }
        grown = false;
        Set<GroupKind> wanted = parents.values().stream()
                .flatMap(parent -> parent.kinds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.removeAll(kinds.keySet());
        return wanted;
    }

    private List<WatchedKind> watch(ApiResource resource, String label, WatchedKind.Handler handler)
            throws InterruptedException {
        try {
            return List.of(WatchedKind.start(cluster, resource, "", label, handler));
        } catch (WatchedKind.ApiForbidden e) {
            if (!resource.namespaced() || namespaces.isEmpty()) {
                throw e.asRefusal();
            }
        }
        List<WatchedKind> watches = new ArrayList<>();
        for (String namespace : namespaces) {
            try {
                watches.add(WatchedKind.start(cluster, resource, namespace, label, handler));
            } catch (WatchedKind.ApiForbidden e) {
                watches.forEach(WatchedKind::close);
                throw e.asRefusal();
            }
        }
        return watches;
    }

    private void inventory(
            ApiResource resource, GenericKubernetesResource before, GenericKubernetesResource after, boolean initial) {
        GenericKubernetesResource object = after == null ? before : after;
        String id = ApplySet.idOf(
                object.getMetadata().getName(), object.getMetadata().getNamespace());
        Map<String, String> annotations = after == null
                ? Map.of()
                : Objects.requireNonNullElse(after.getMetadata().getAnnotations(), Map.of());
        boolean ours = controller.equals(annotations.get(ApplySet.CONTROLLER));
        synchronized (this) {
            if (ours) {
                Set<GroupKind> held = ApplySet.split(annotations.getOrDefault(ApplySet.GROUP_KINDS, ""))
                        .map(GroupKind::parse)
                        .collect(Collectors.toUnmodifiableSet());
                parents.put(id, new Parent(annotations.getOrDefault(ApplySet.UUID, ""), held));
                grown |= !kinds.keySet().containsAll(held);
            } else {
                parents.remove(id);
            }
        }
    }

    private void member(
            ApiResource resource, GenericKubernetesResource before, GenericKubernetesResource after, boolean initial) {
        if (initial || before != null && after != null && Essence.isSame(before, after)) {
            return;
        }
        // Who takes the label away takes the object out of its application: that is found with what was there before.
        Optional<Parent> parent = Optional.ofNullable(after)
                .flatMap(Essence::partOf)
                .or(() -> Optional.ofNullable(before).flatMap(Essence::partOf))
                .flatMap(this::parent);
        if (parent.isEmpty()) {
            return;
        }
        GenericKubernetesResource object = after == null ? before : after;
        ResourceKey key = new ResourceKey(
                resource.groupKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName());
        String application = parent.get().application();
        if (after == null) {
            changed.accept(new MemberChange(application, key, Kind.deleted, "", false));
        } else if (before == null) {
            changed.accept(new MemberChange(
                    application, key, Kind.added, Essence.changedBy(after, after), Essence.isOurs(after)));
        } else {
            changed.accept(new MemberChange(
                    application, key, Kind.changed, Essence.changedBy(before, after), Essence.isOurs(before, after)));
        }
    }

    private synchronized Optional<Parent> parent(String id) {
        return Optional.ofNullable(parents.get(id));
    }

    /** What is watched, for people. */
    public synchronized List<String> kinds() {
        return kinds.keySet().stream().map(GroupKind::toString).toList();
    }

    /** Whether all changes are told at the moment. */
    public boolean isWhole() {
        return all().stream().allMatch(WatchedKind::isWatching);
    }

    /** Whether a watch has ended for good: a new one must be made. */
    public boolean isOver() {
        return all().stream().anyMatch(WatchedKind::isOver);
    }

    /** Why it is not whole, as far as it is known; empty otherwise. */
    public String problem() {
        return all().stream()
                .filter(kind -> !kind.isWatching())
                .findFirst()
                .map(kind -> kind + ": " + (kind.error().isEmpty() ? "not connected" : kind.error()))
                .orElse("");
    }

    private synchronized List<WatchedKind> all() {
        List<WatchedKind> all = new ArrayList<>(inventories);
        kinds.values().forEach(all::addAll);
        return all;
    }

    @Override
    public void close() {
        all().forEach(WatchedKind::close);
    }
}
