package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import io.jenkins.plugins.gitops.engine.cluster.FieldPath;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.cluster.LastApplied;
import io.jenkins.plugins.gitops.engine.cluster.ManagedFields;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.ThreeWayPatch;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.model.WriteMethod;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of one desired object: a dry run of how it is to be written, held against the live object (SEMANTICS 4). */
final class ObjectComparison {
    private static final int TRIES_FOR_A_STILL_OBJECT = 5;

    private final ComparisonContext context;
    private final Manifest manifest;
    private final Optional<ApiResource> resource;
    private final ObjectOptions options;
    private final WriteMethod method;

    ObjectComparison(ComparisonContext context, DesiredObject object) {
        Manifest whole = object.manifest();
        this.context = context;
        this.options = context.optionsOf(whole);
        this.method = WriteMethod.of(options);
        this.manifest = context.state()
                .get(whole.key())
                .map(live -> whole.withContent(context.rules().ignore().apply(whole.key(), whole.content(), live)))
                .orElse(whole);
        this.resource = object.resource();
    }

    Compared compare() {
        ResourceKey key = manifest.key();
        Optional<ApiStatus> unreadable = context.state().unreadable(key);
        if (unreadable.isPresent()) {
            return refused(Optional.empty(), unreadable.get());
        }
        if (resource.isEmpty()) {
            return ofUnservedKind();
        }
        if (context.namespaces().isMissing(key.namespace())) {
            return inMissingNamespace();
        }
        Optional<ObjectNode> live = context.state().get(key);
        String tracker = live.map(Inventory::trackedBy).orElse("");
        boolean shared =
                !tracker.isEmpty() && !tracker.equals(context.recorded().id());
        boolean mayNotBeShared = options.isOn(SyncOption.FailOnSharedResource);
        if (shared && (mayNotBeShared || !context.rules().adopt())) {
            return result(
                    live,
                    Verdict.Unknown,
                    "belongs to " + new Inventory(context.cluster()).nameOf(tracker)
                            + "; remove it from one of the two"
                            + (mayNotBeShared
                                    ? " (FailOnSharedResource=true)"
                                    : ", or sync with adopt to take it over"),
                    mayNotBeShared ? Obstacle.rejected : Obstacle.forbidden);
        }
        if (live.isPresent() && isSettled(live.get())) {
            return settled(live.get());
        }
        if (live.isEmpty() && !context.rules().preflight()) {
            return missing("", Obstacle.none);
        }
        return dryRun(live);
    }

    /** Whether it is known without a dry run that an apply would change nothing. */
    private boolean isSettled(ObjectNode live) {
        return method == WriteMethod.apply
                && !isBeingDeleted(live)
                && (context.fastPath().isSettled(resource.orElseThrow(), manifest.content(), live)
                        || context.cluster().settled().contains(live, manifest.content()));
    }

    private Compared settled(ObjectNode live) {
        return result(Optional.of(live), Verdict.InSync, "", Obstacle.none);
    }

    private Compared ofUnservedKind() {
        if (context.desired().isDefinedHere(manifest)) {
            return missing("its CustomResourceDefinition is applied first", Obstacle.excused);
        }
        if (context.cluster().discovery().isSilent(manifest.groupKind().group())) {
            return result(
                    Optional.empty(),
                    Verdict.Unknown,
                    "the API server of " + manifest.key().group() + " does not answer; see kubectl get apiservices",
                    Obstacle.forbidden);
        }
        return missing(
                "the cluster does not serve " + manifest.apiVersion() + " "
                        + manifest.groupKind().kind() + " yet (SkipDryRunOnMissingResource=true)",
                Obstacle.deferred);
    }

    private Compared inMissingNamespace() {
        String namespace = manifest.key().namespace();
        return context.desired().containsNamespace(namespace) || context.createsNamespaceOf(manifest)
                ? missing("its namespace is created first", Obstacle.excused)
                : missing(
                        "namespace " + namespace
                                + " does not exist; add a Namespace manifest or create it, or let its objects have the"
                                + " sync option CreateNamespace=true",
                        Obstacle.rejected);
    }

    private Compared dryRun(Optional<ObjectNode> first) {
        Optional<ObjectNode> live = first;
        try {
            for (int attempt = 1; attempt <= TRIES_FOR_A_STILL_OBJECT; attempt++) {
                Optional<ObjectNode> result = dryRunOnce(live);
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
                live = context.cluster()
                        .objects()
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
            return refused(live, context.lost().count(e));
        }
    }

    /** Empty when the server could not finish it, because others wrote or deleted the object meanwhile. */
    private Optional<ObjectNode> dryRunOnce(Optional<ObjectNode> live) {
        ObjectApi objects = context.cluster().objects();
        try {
            return Optional.of(
                    method == WriteMethod.patch
                            ? new ThreeWayPatch(objects, resource.orElseThrow())
                                    .write(manifest.content(), live, ObjectApi.Write.dryRun(options))
                            : objects.apply(resource.orElseThrow(), manifest.content(), true));
        } catch (ApiException e) {
            boolean deleted = e.status().notFound() && method == WriteMethod.patch && live.isPresent();
            if (e.status().code() == 409 || deleted) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Compared decide(ObjectNode live, ObjectNode result) {
        OwnedFields owned = new OwnedFields(live, result);
        List<Difference> differences = new ArrayList<>(FieldComparison.between(result, live));
        differences.replaceAll(this::inGitsWords);
        if (method == WriteMethod.patch) {
            differences.removeIf(difference -> difference.path().equals(OwnedFields.LAST_APPLIED));
        } else {
            differences.addAll(owned.leftByOtherWrites());
        }
        boolean isOwned = isOwned(live, result);
        String message = isBeingDeleted(live) ? "it is being deleted" : owned.keptByOthers();
        if (method == WriteMethod.apply && differences.isEmpty() && isOwned && message.isEmpty()) {
            context.cluster().settled().add(live, manifest.content());
        }
        return new Compared(
                manifest.key(),
                Optional.of(manifest),
                resource,
                Optional.of(live),
                differences.isEmpty() ? Verdict.InSync : Verdict.Drifted,
                differences,
                isOwned ? Ownership.owned : Ownership.repair,
                message,
                Obstacle.none,
                options);
    }

    /** Whether a write would leave what we record in the object as it is. */
    private boolean isOwned(ObjectNode live, ObjectNode result) {
        return switch (method) {
            case apply -> sameOwnership(live, result);
            case patch -> Inventory.isOurs(live, context.recorded().id()) && LastApplied.is(live, manifest.content());
            case replace -> Inventory.isOurs(live, context.recorded().id());
        };
    }

    /** Whether an apply would leave our entry of the managed fields as it is. */
    private static boolean sameOwnership(ObjectNode live, ObjectNode result) {
        Optional<ManagedFields.Entry> now = ManagedFields.of(live).ourApply();
        Optional<ManagedFields.Entry> then = ManagedFields.of(result).ourApply();
        return now.isPresent()
                && then.isPresent()
                && now.get().fields().equals(then.get().fields())
                && now.get().apiVersion().equals(then.get().apiVersion());
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

    private Compared refused(Optional<ObjectNode> live, ApiStatus status) {
        if (status.invalid() && live.isPresent()) {
            Optional<ImmutableFields.Found> immutable = new ImmutableFields(
                            context.cluster().objects(), resource.orElseThrow())
                    .explain(manifest, live.get(), status);
            if (immutable.isPresent()) {
                return immutable(live.get(), immutable.get());
            }
        }
        String message = SecretMask.scrub(manifest, ServerMessage.inWords(status));
        if (live.isPresent()) {
            message = SecretMask.scrub(manifest.key(), live.get(), message);
        }
        boolean readable = context.state().unreadable(manifest.key()).isEmpty();
        // An apply creates what is missing; a server that does not find it even so knows no such kind, or nothing at
        // all.
        boolean missing = live.isEmpty() && readable && !status.notFound();
        Obstacle obstacle = status.unauthorized()
                ? Obstacle.forbidden
                : status.retryable() ? Obstacle.unanswered : Obstacle.rejected;
        return result(live, missing ? Verdict.Missing : Verdict.Unknown, message, obstacle);
    }

    private Compared immutable(ObjectNode live, ImmutableFields.Found found) {
        boolean force = options.isOn(SyncOption.Force);
        return new Compared(
                manifest.key(),
                Optional.of(manifest),
                resource,
                Optional.of(live),
                Verdict.Drifted,
                found.differences(),
                Ownership.owned,
                manifest.hidden().scrub(found.message())
                        + (force
                                ? "; so it is deleted and created anew (Force=true)"
                                : "; delete the object, and the next sync makes it anew, or give it the sync option"
                                        + " Force=true"),
                force ? Obstacle.replaceable : Obstacle.immutable,
                options);
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
                obstacle,
                options);
    }

    static boolean isBeingDeleted(JsonNode live) {
        return live.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }
}
