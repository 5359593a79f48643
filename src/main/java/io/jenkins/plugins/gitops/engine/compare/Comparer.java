package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared.Obstacle;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares the desired set with the cluster: a dry run for each desired object that is not certainly as Git wants it (SEMANTICS
 * 4). Writes nothing. The dry runs are a sync's pre-flight as well (SEMANTICS 7).
 */
public final class Comparer {
    private final Cluster cluster;

    public Comparer(Cluster cluster) {
        this.cluster = cluster;
    }

    public Comparison compare(List<Manifest> manifests, ApplySet recorded, ComparisonRules rules) {
        DesiredSet desired = new DesiredSet(manifests, recorded, cluster.discovery(), rules.options());
        LostRequests lost = new LostRequests();
        LiveState live = LiveState.read(cluster, recorded, desired.objects(), lost);
        ComparisonContext context = new ComparisonContext(
                cluster,
                recorded,
                desired,
                live,
                Namespaces.look(cluster, desired, live),
                rules,
                lost,
                FastPath.of(cluster.schemas(), desired.objects()));
        List<Compared> objects = new ArrayList<>(
                InParallel.map(desired.objects(), object -> new ObjectComparison(context, object).compare()));
        Excuses excuses = new Excuses(desired, objects, rules.preflight());
        objects.replaceAll(excuses::excuse);
        live.all().forEach((key, object) -> {
            if (!desired.contains(key) && Inventory.isOurs(object, recorded.id())) {
                objects.add(extra(key, object, rules.options()));
            }
        });
        objects.sort(Comparator.comparing(Compared::key));
        return new Comparison(recorded, objects, live.warnings(), namespacesToCreate(context), rules);
    }

    /** Namespaces that no manifest declares and that an option wants created. */
    private static List<String> namespacesToCreate(ComparisonContext context) {
        return context.desired().objects().stream()
                .map(DesiredObject::manifest)
                .filter(manifest ->
                        context.namespaces().isMissing(manifest.key().namespace()))
                .filter(manifest ->
                        !context.desired().containsNamespace(manifest.key().namespace()))
                .filter(context::createsNamespaceOf)
                .map(manifest -> manifest.key().namespace())
                .distinct()
                .sorted()
                .toList();
    }

    /** Compares one object again that was excused before: now the server can judge it. */
    public Compared compareAgain(Compared excused, Comparison before) {
        Manifest manifest = excused.desired().orElseThrow();
        Optional<ApiResource> resource = cluster.discovery()
                .find(manifest.apiVersion(), manifest.groupKind().kind());
        if (resource.isEmpty()) {
            return excused.with(
                    "the cluster does not serve " + manifest.apiVersion() + " "
                            + manifest.groupKind().kind(),
                    Obstacle.rejected);
        }
        DesiredObject object = new DesiredObject(inScope(manifest, resource.get()), resource);
        ComparisonRules rules = before.rules();
        DesiredSet alone =
                new DesiredSet(List.of(object.manifest()), before.recorded(), cluster.discovery(), rules.options());
        LostRequests lost = new LostRequests();
        LiveState live = LiveState.read(cluster, before.recorded().without(), List.of(object), lost);
        ComparisonContext context = new ComparisonContext(
                cluster,
                before.recorded(),
                alone,
                live,
                Namespaces.look(cluster, alone, live),
                rules,
                lost,
                FastPath.of(cluster.schemas(), alone.objects()));
        return new ObjectComparison(context, object).compare().under(excused.key());
    }

    /** An object that was put into a namespace before it was known that its kind has none. */
    private static Manifest inScope(Manifest manifest, ApiResource resource) {
        if (resource.namespaced()) {
            return manifest;
        }
        ObjectNode content = manifest.editable();
        content.withObject("/metadata").remove("namespace");
        return manifest.withContent(content);
    }

    private Compared extra(ResourceKey key, ObjectNode live, ObjectOptions application) {
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
                        + (ObjectComparison.isBeingDeleted(live) ? "; it is being deleted" : ""),
                Obstacle.none,
                ObjectOptions.of(live, application));
    }
}
