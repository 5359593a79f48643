package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the desired set with the cluster: one server-side-apply dry run for each desired object (SEMANTICS 4). Writes
 * nothing. The dry runs are a sync's pre-flight as well (SEMANTICS 7).
 */
public final class Comparer {
    private static final int TRIES_FOR_A_STILL_OBJECT = 5;

    private final Cluster cluster;
    private final Inventory inventory;

    public Comparer(Cluster cluster) {
        this.cluster = cluster;
        this.inventory = new Inventory(cluster);
    }

    /**
     * @param ignore fields that are not compared
     * @param adopt objects that another application tracks are compared as if they were free to take
     */
    public Comparison compare(List<Manifest> manifests, ApplySet recorded, IgnoreRules ignore, boolean adopt) {
        DesiredSet desired = new DesiredSet(manifests, recorded.id(), cluster.discovery());
        LostRequests lost = new LostRequests();
        LiveState live = LiveState.read(cluster, recorded, desired.objects(), lost);
        Namespaces namespaces = Namespaces.look(cluster, desired, live);
        List<Compared> objects = new ArrayList<>(InParallel.map(
                desired.objects(),
                object -> new One(object, desired, live, namespaces, recorded.id(), ignore, adopt, lost).compare()));
        Map<ResourceKey, Compared> definitions = objects.stream()
                .filter(object -> object.key().isCustomResourceDefinition())
                .collect(Collectors.toMap(Compared::key, Function.identity()));
        objects.replaceAll(object -> excuseInstance(object, desired, definitions));
        live.all().forEach((key, object) -> {
            if (!desired.contains(key) && Inventory.isOurs(object, recorded.id())) {
                objects.add(extra(key, object));
            }
        });
        objects.sort(Comparator.comparing(Compared::key));
        return new Comparison(recorded, objects, live.warnings());
    }

    /** Compares one object again that was excused before: now the server can judge it. */
    public Compared compareAgain(Compared excused, ApplySet recorded, boolean adopt) {
        Manifest manifest = excused.desired().orElseThrow();
        Optional<ApiResource> resource = cluster.discovery()
                .find(manifest.apiVersion(), manifest.groupKind().kind());
        if (resource.isEmpty()) {
            return with(
                    excused,
                    "the cluster does not serve " + manifest.apiVersion() + " "
                            + manifest.groupKind().kind() + " although its CustomResourceDefinition is established",
                    Obstacle.rejected);
        }
        DesiredObject object = new DesiredObject(manifest, resource);
        DesiredSet alone = new DesiredSet(List.of(manifest), recorded.id(), cluster.discovery());
        LostRequests lost = new LostRequests();
        LiveState live = LiveState.read(cluster, recorded.without(), List.of(object), lost);
        return new One(
                        object,
                        alone,
                        live,
                        Namespaces.look(cluster, alone, live),
                        recorded.id(),
                        IgnoreRules.NONE,
                        adopt,
                        lost)
                .compare();
    }

    /** An instance that the server rejects while its definition is about to change may be right afterwards. */
    private static Compared excuseInstance(
            Compared object, DesiredSet desired, Map<ResourceKey, Compared> definitions) {
        boolean definitionChanges = desired.definitionOf(object.key().groupKind())
                .map(definitions::get)
                .filter(definition -> definition.verdict() != Verdict.InSync)
                .isPresent();
        boolean rejected = object.obstacle() == Obstacle.rejected || object.obstacle() == Obstacle.immutable;
        return rejected && definitionChanges ? with(object, object.message(), Obstacle.excused) : object;
    }

    private static Compared with(Compared object, String message, Obstacle obstacle) {
        return new Compared(
                object.key(),
                object.desired(),
                object.resource(),
                object.live(),
                object.verdict(),
                object.differences(),
                object.ownership(),
                message,
                obstacle);
    }

    private Compared extra(ResourceKey key, ObjectNode live) {
        String apiVersion = live.path("apiVersion").asText();
        return new Compared(
                key,
                Optional.empty(),
                cluster.discovery().find(apiVersion, key.kind()),
                Optional.of(live),
                Verdict.Extra,
                List.of(),
                Ownership.owned,
                "no longer in Git"
                        + Inventory.controllerOf(live)
                                .map(owner -> "; owned by " + owner)
                                .orElse("")
                        + (isBeingDeleted(live) ? "; it is being deleted" : ""),
                Obstacle.none);
    }

    private static boolean isBeingDeleted(JsonNode live) {
        return live.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** The comparison of one desired object. */
    private final class One {
        private final Manifest manifest;
        private final Optional<ApiResource> resource;
        private final DesiredSet desired;
        private final LiveState state;
        private final Namespaces namespaces;
        private final String id;
        private final boolean adopt;
        private final LostRequests lost;

        One(
                DesiredObject object,
                DesiredSet desired,
                LiveState state,
                Namespaces namespaces,
                String id,
                IgnoreRules ignore,
                boolean adopt,
                LostRequests lost) {
            Manifest whole = object.manifest();
            this.manifest = state.get(whole.key())
                    .map(live -> whole.withContent(ignore.apply(whole.key(), whole.content(), live)))
                    .orElse(whole);
            this.resource = object.resource();
            this.desired = desired;
            this.state = state;
            this.namespaces = namespaces;
            this.id = id;
            this.adopt = adopt;
            this.lost = lost;
        }

        Compared compare() {
            ResourceKey key = manifest.key();
            if (state.unreadable(key).isPresent()) {
                return refused(Optional.empty(), state.unreadable(key).get());
            }
            if (resource.isEmpty() && !desired.isDefinedHere(manifest)) {
                return result(
                        Optional.empty(),
                        Verdict.Unknown,
                        "the API server of " + key.group() + " does not answer; see kubectl get apiservices",
                        Obstacle.forbidden);
            }
            if (resource.isEmpty()) {
                return missing("its CustomResourceDefinition is applied first", Obstacle.excused);
            }
            if (namespaces.isMissing(key.namespace())) {
                return desired.containsNamespace(key.namespace())
                        ? missing("its namespace is created first", Obstacle.excused)
                        : missing(
                                "namespace " + key.namespace()
                                        + " does not exist; add a Namespace manifest or create it",
                                Obstacle.rejected);
            }
            Optional<ObjectNode> live = state.get(key);
            String tracker = live.map(Inventory::trackedBy).orElse("");
            if (!adopt && !tracker.isEmpty() && !tracker.equals(id)) {
                return result(
                        live,
                        Verdict.Unknown,
                        "belongs to " + inventory.nameOf(tracker)
                                + "; remove it from one of the two, or sync with adopt to take it over",
                        Obstacle.forbidden);
            }
            return dryRun(live);
        }

        private Compared dryRun(Optional<ObjectNode> first) {
            Optional<ObjectNode> live = first;
            try {
                for (int attempt = 1; attempt <= TRIES_FOR_A_STILL_OBJECT; attempt++) {
                    Optional<ObjectNode> result = dryRun();
                    if (result.isPresent()) {
                        boolean creates = !result.get().path("metadata").has("resourceVersion");
                        if (live.isEmpty() && creates) {
                            return missing("", Obstacle.none);
                        }
                        if (live.isPresent() && version(live.get()).equals(version(result.get()))) {
                            return decide(live.get(), result.get());
                        }
                    }
                    // Somebody wrote in between: two states of an object must not be compared with each other.
                    live = cluster.objects()
                            .get(
                                    resource.orElseThrow(),
                                    manifest.key().namespace(),
                                    manifest.key().name());
                }
                return result(
                        live,
                        Verdict.Unknown,
                        live.isPresent()
                                ? "it changed during each of " + TRIES_FOR_A_STILL_OBJECT + " comparisons; try again"
                                : "the cluster says that it is there and that it is not; try again",
                        live.isPresent() ? Obstacle.none : Obstacle.rejected);
            } catch (ApiException e) {
                return refused(live, e.status());
            } catch (ClusterException e) {
                return refused(live, lost.count(e));
            }
        }

        /** Empty when the server could not finish it, because others wrote the object meanwhile. */
        private Optional<ObjectNode> dryRun() {
            try {
                return Optional.of(cluster.objects().apply(resource.orElseThrow(), manifest.content(), true));
            } catch (ApiException e) {
                if (e.status().code() == 409) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private Compared decide(ObjectNode live, ObjectNode result) {
            OwnedFields owned = new OwnedFields(live, result);
            List<Difference> differences = new ArrayList<>(FieldComparison.between(result, live));
            differences.replaceAll(this::inGitsWords);
            differences.addAll(owned.leftByClientSideApply());
            Ownership ownership = sameOwnership(live, result) ? Ownership.owned : Ownership.repair;
            return new Compared(
                    manifest.key(),
                    Optional.of(manifest),
                    resource,
                    Optional.of(live),
                    differences.isEmpty() ? Verdict.InSync : Verdict.Drifted,
                    differences,
                    ownership,
                    isBeingDeleted(live) ? "it is being deleted" : owned.keptByOthers(),
                    Obstacle.none);
        }

        /** Some kinds answer null for an empty list, such as the rules of a Role; Git's own value says more. */
        private Difference inGitsWords(Difference difference) {
            return difference.desired().filter(JsonNode::isNull).isEmpty()
                    ? difference
                    : new Difference(
                            difference.path(),
                            difference.pointer(),
                            difference.path().in(manifest.content()).map(FieldPath.Found::value),
                            difference.live());
        }

        /** Whether an apply would leave our entry of the managed fields as it is. */
        private boolean sameOwnership(ObjectNode live, ObjectNode result) {
            Optional<ManagedFields.Entry> now = ManagedFields.of(live).ourApply();
            Optional<ManagedFields.Entry> then = ManagedFields.of(result).ourApply();
            return now.isPresent()
                    && then.isPresent()
                    && now.get().fields().equals(then.get().fields())
                    && now.get().apiVersion().equals(then.get().apiVersion());
        }

        private Compared refused(Optional<ObjectNode> live, ApiStatus status) {
            if (status.invalid() && live.isPresent()) {
                Optional<ImmutableFields.Found> immutable = new ImmutableFields(
                                cluster.objects(), resource.orElseThrow())
                        .explain(manifest, live.get(), status);
                if (immutable.isPresent()) {
                    return new Compared(
                            manifest.key(),
                            Optional.of(manifest),
                            resource,
                            live,
                            Verdict.Drifted,
                            immutable.get().differences(),
                            Ownership.owned,
                            immutable.get().message(),
                            Obstacle.immutable);
                }
            }
            String message = SecretMask.scrub(manifest.key(), manifest.content(), ServerMessage.inWords(status));
            if (live.isPresent()) {
                message = SecretMask.scrub(manifest.key(), live.get(), message);
            }
            boolean readable = state.unreadable(manifest.key()).isEmpty();
            // An apply creates what is missing; a server that does not find it even so knows no such kind, or nothing
            // at all.
            boolean missing = live.isEmpty() && readable && !status.notFound();
            Verdict verdict = missing ? Verdict.Missing : Verdict.Unknown;
            Obstacle obstacle = status.unauthorized()
                    ? Obstacle.forbidden
                    : status.retryable() ? Obstacle.unanswered : Obstacle.rejected;
            return result(live, verdict, message, obstacle);
        }

        private Compared missing(String message, Obstacle obstacle) {
            return result(Optional.empty(), Verdict.Missing, message, obstacle);
        }

        private Compared result(Optional<ObjectNode> live, Verdict verdict, String message, Obstacle obstacle) {
            return new Compared(
                    manifest.key(),
                    Optional.of(manifest),
                    resource,
                    live,
                    verdict,
                    List.of(),
                    live.isPresent() ? Ownership.owned : Ownership.none,
                    message,
                    obstacle);
        }

        private static String version(JsonNode object) {
            return object.path("metadata").path("resourceVersion").asText("");
        }
    }
}
