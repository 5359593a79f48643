package io.jenkins.plugins.gitops.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.CancelledException;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.ObjectWatch;
import io.jenkins.plugins.gitops.engine.cluster.StorageClasses;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.health.Waiting;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.TreeNode;
import io.jenkins.plugins.gitops.engine.tree.ObjectTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Awaits the health of applied objects, and the end of pruned ones. A watch tells when one of them changed; where there is none,
 * they are looked at again with growing pauses.
 */
final class HealthWait {
    /** With a watch: in case that it lost an event. */
    private static final Duration ANOTHER_LOOK = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** A rollout may pass through Degraded, such as an old condition that its controller has not replaced yet. */
    private static final Duration DEGRADED_FOR_GOOD = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final SyncListener listener;
    private final HealthRules rules;
    private final Waiting waiting;
    private final LooksAtGit git;

    /** An object to look at; an absent live object of a pruned one is what is waited for. */
    record Watched(ResourceKey key, ApiResource resource, Optional<ObjectNode> live, boolean pruned) {
        /** Without the object, which may be a Secret. */
        @Override
        public String toString() {
            return key + (pruned ? " pruned" : "");
        }
    }

    /**
     * What the wait ended with.
     *
     * @param unhealthy why the wait failed, an object a line; empty when all are healthy
     * @param newer the revision of Git that ended the wait before its time
     */
    record Outcome(Map<ResourceKey, Optional<Health>> health, List<String> unhealthy, Optional<String> newer) {}

    HealthWait(Cluster cluster, HealthRules rules, SyncListener listener) {
        this(cluster, rules, listener, LooksAtGit.NEVER);
    }

    HealthWait(Cluster cluster, HealthRules rules, SyncListener listener, LooksAtGit git) {
        this.git = git;
        this.cluster = cluster;
        this.rules = rules;
        this.listener = listener;
        this.waiting = new Waiting(new StorageClasses(cluster));
    }

    /**
     * @param known how the objects were when they were last seen
     * @param timeout zero means one look, no wait
     */
    Outcome await(Collection<Watched> known, Duration timeout) {
        Map<ResourceKey, Watched> objects = new TreeMap<>();
        known.forEach(object -> objects.put(object.key(), object));
        Map<ResourceKey, Instant> degradedSince = new HashMap<>();
        Instant deadline = Instant.now().plus(timeout);
        Duration pause = FIRST_PAUSE;
        List<String> said = List.of();
        Instant nextLookAtGit = git.next();
        ObjectWatch watch = null;
        try {
            while (true) {
                List<Watched> open =
                        objects.values().stream().filter(this::isOpen).toList();
                List<String> reasons = open.stream().map(this::reason).toList();
                boolean lost = open.stream().anyMatch(object -> isDegradedForGood(object, degradedSince));
                if (open.isEmpty() || lost || !Instant.now().isBefore(deadline)) {
                    return outcome(
                            objects, open.isEmpty() || timeout.isZero() ? reasons : explained(open), Optional.empty());
                }
                if (!Instant.now().isBefore(nextLookAtGit)) {
                    Optional<String> newer = git.newerRevision().get();
                    if (newer.isPresent()) {
                        return outcome(objects, reasons, newer);
                    }
                    nextLookAtGit = git.next();
                }
                if (!reasons.equals(said)) {
                    listener.on(new SyncListener.Waiting(reasons));
                    said = reasons;
                }
                watch = watch == null ? watch(open) : watch;
                boolean told = watch.isWhole();
                Duration longest = told ? ANOTHER_LOOK : pause;
                Set<ResourceKey> changed =
                        watch.await(shorter(longest, shorter(git.interval(), next(deadline, degradedSince))));
                pause = shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
                // What went away before the watch began, it does not tell: all are looked at until then, and once
                // after.
                List<Watched> again = !told || changed.isEmpty()
                        ? open
                        : open.stream()
                                .filter(object -> changed.contains(object.key()))
                                .toList();
                InParallel.map(again, this::look).forEach(object -> objects.put(object.key(), object));
            }
        } catch (InterruptedException e) {
            throw new CancelledException();
        } finally {
            if (watch != null) {
                watch.close();
            }
        }
    }

    private ObjectWatch watch(List<Watched> open) {
        Set<ObjectWatch.Place> places = new HashSet<>();
        Set<String> sets = new HashSet<>();
        for (Watched object : open) {
            places.add(new ObjectWatch.Place(object.resource(), object.key().namespace()));
            sets.add(object.live()
                    .map(live -> live.path("metadata")
                            .path("labels")
                            .path(ApplySet.PART_OF)
                            .asText(""))
                    .orElse(""));
        }
        String set = sets.iterator().next();
        boolean ours = sets.size() == 1 && !set.isEmpty();
        return ObjectWatch.of(cluster, places, ours ? Map.of(ApplySet.PART_OF, set) : Map.of());
    }

    /** Until when nothing happens by the mere passing of time. */
    private static Duration next(Instant deadline, Map<ResourceKey, Instant> degradedSince) {
        Instant next = degradedSince.values().stream()
                .map(since -> since.plus(DEGRADED_FOR_GOOD))
                .min(Comparator.naturalOrder())
                .filter(end -> end.isBefore(deadline))
                .orElse(deadline);
        Duration left = Duration.between(Instant.now(), next).plusMillis(1);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The reasons with what the objects own: the pod that crashes says more than the count of those that are missing. */
    private List<String> explained(List<Watched> open) {
        List<ObjectNode> live = open.stream()
                .filter(object -> !object.pruned())
                .flatMap(object -> object.live().stream())
                .toList();
        try {
            ObjectTree tree = ObjectTree.of(cluster, rules, live);
            return open.stream()
                    .map(object -> reason(object)
                            + (object.pruned()
                                    ? ""
                                    : object.live()
                                            .map(tree::node)
                                            .flatMap(TreeNode::explanation)
                                            .map(why -> "; " + why)
                                            .orElse("")))
                    .toList();
        } catch (ClusterException e) {
            // The server has a bad moment: what is known is said all the same.
            return open.stream().map(this::reason).toList();
        }
    }

    private Outcome outcome(Map<ResourceKey, Watched> objects, List<String> reasons, Optional<String> newer) {
        Map<ResourceKey, Optional<Health>> health = new TreeMap<>();
        objects.forEach((key, object) -> {
            if (!object.pruned()) {
                health.put(
                        key,
                        object.live().isEmpty()
                                ? assess(object)
                                : waiting.counted(object.live().get(), assess(object)));
            }
        });
        return new Outcome(health, new ArrayList<>(reasons), newer);
    }

    private Watched look(Watched object) {
        Optional<ObjectNode> live;
        try {
            live = cluster.objects()
                    .get(
                            object.resource(),
                            object.key().namespace(),
                            object.key().name());
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                throw new ClusterException("whether " + object.key() + " is " + (object.pruned() ? "gone" : "healthy")
                        + " cannot be seen: " + e.getMessage());
            }
            // The server has a bad moment: the next look tells.
            return object;
        }
        return new Watched(
                object.key(), object.resource(), live.filter(now -> !isSuccessor(object, now)), object.pruned());
    }

    /** A pruned object that somebody created anew is gone all the same. */
    private static boolean isSuccessor(Watched object, ObjectNode now) {
        return object.pruned()
                && object.live().filter(before -> !uid(before).equals(uid(now))).isPresent();
    }

    /** Whether an object that is as healthy as this is waited for: some stay Progressing through no fault of theirs. */
    boolean blocks(ObjectNode live, Optional<Health> health) {
        return waiting.blocks(live, health);
    }

    private boolean isOpen(Watched object) {
        if (object.pruned()) {
            return object.live().isPresent();
        }
        return object.live().isEmpty() || waiting.blocks(object.live().get(), assess(object));
    }

    private Optional<Health> assess(Watched object) {
        return object.live().isEmpty()
                ? Optional.of(new Health(HealthStatus.Missing, "it is gone from the cluster"))
                : rules.assess(object.live().get());
    }

    private boolean isDegradedForGood(Watched object, Map<ResourceKey, Instant> since) {
        boolean degraded = !object.pruned()
                && assess(object)
                        .filter(health -> health.status() == HealthStatus.Degraded)
                        .isPresent();
        if (!degraded) {
            since.remove(object.key());
            return false;
        }
        Instant first = since.computeIfAbsent(object.key(), key -> Instant.now());
        return Instant.now().isAfter(first.plus(DEGRADED_FOR_GOOD));
    }

    private String reason(Watched object) {
        if (object.pruned()) {
            return object.key() + " is still being deleted";
        }
        return assess(object)
                .map(health -> object.key() + " is " + health.status()
                        + (health.message().isEmpty() ? "" : ": " + health.message()))
                .orElse(object.key().toString());
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
