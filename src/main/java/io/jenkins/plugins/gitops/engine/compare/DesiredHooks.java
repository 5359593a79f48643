package io.jenkins.plugins.gitops.engine.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.cluster.InParallel;
import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the hooks of a rendered set from the objects that are tracked (SEMANTICS 6). Hooks are compared with nothing; of each
 * only what an earlier run left is looked up.
 *
 * @param tracked the objects of the inventory
 * @param hooks those that some sync runs
 * @param skipped those that no sync touches
 */
public record DesiredHooks(List<Manifest> tracked, List<Manifest> hooks, List<Manifest> skipped) {
    /** Parts a rendered set. */
    public static DesiredHooks of(List<Manifest> manifests) {
        List<Manifest> tracked = new ArrayList<>();
        List<Manifest> hooks = new ArrayList<>();
        List<Manifest> skipped = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Optional<Hook> hook = Hook.of(manifest.content());
            if (hook.isEmpty()) {
                tracked.add(manifest);
            } else if (hook.get().isSkipped()) {
                skipped.add(manifest);
            } else {
                hooks.add(manifest);
            }
        }
        return new DesiredHooks(tracked, hooks, skipped);
    }

    /**
     * An object that was tracked and is a hook now, or is skipped now, is no longer in the tracked set, but still in Git: it is
     * neither drift nor pruned.
     */
    public Comparison setAside(Comparison comparison) {
        Set<ResourceKey> skippedKeys = keys(skipped);
        Set<ResourceKey> hookKeys = keys(hooks);
        List<Compared> objects = comparison.objects().stream()
                .map(object -> {
                    if (object.verdict() != Verdict.Extra) {
                        return object;
                    }
                    if (skippedKeys.contains(object.key())) {
                        return aside(object, "left alone, for Git says that no sync touches it (hook: Skip)");
                    }
                    return hookKeys.contains(object.key())
                            ? aside(object, "a hook now: its next run takes its place")
                            : object;
                })
                .toList();
        return new Comparison(
                comparison.recorded(),
                objects,
                comparison.warnings(),
                comparison.namespacesToCreate(),
                comparison.rules());
    }

    private static Compared aside(Compared extra, String why) {
        return new Compared(
                extra.key(),
                Optional.empty(),
                extra.resource(),
                extra.live(),
                Verdict.InSync,
                List.of(),
                extra.ownership(),
                why,
                extra.obstacle());
    }

    /**
     * Looks up what earlier runs left.
     *
     * @param adopt whether an object of a hook's name may be replaced whoever made it
     * @throws InvalidInputException naming every hook whose kind neither the cluster nor the set defines
     * @throws ClusterException when the cluster does not tell
     */
    public List<DesiredHook> look(Cluster cluster, ApplySet recorded, boolean adopt) {
        if (hooks.isEmpty()) {
            return List.of();
        }
        List<Manifest> withDefinitions = new ArrayList<>(hooks);
        tracked.stream()
                .filter(manifest -> manifest.key().isCustomResourceDefinition())
                .forEach(withDefinitions::add);
        // Made for its check alone.
        new DesiredSet(withDefinitions, recorded, cluster.discovery(), ObjectOptions.NONE);
        return InParallel.map(hooks, hook -> look(hook, cluster, recorded.id(), adopt));
    }

    private static DesiredHook look(Manifest manifest, Cluster cluster, String id, boolean adopt) {
        ObjectNode content = manifest.editable();
        content.withObject("/metadata/labels").put(Hook.HOOK_OF, id);
        Hook hook = Hook.of(content).orElseThrow();
        Optional<ApiResource> resource = cluster.discovery()
                .find(manifest.apiVersion(), manifest.groupKind().kind());
        List<ObjectNode> earlier =
                resource.map(found -> earlier(manifest, cluster, found, id)).orElse(List.of());
        Optional<String> foreign = earlier.stream()
                .filter(live -> !adopt && !isOurs(live, id))
                .findFirst()
                .map(live -> manifest.key() + " exists and was not made by this application: rename the hook, or delete"
                        + " that object, or sync with adopt to replace it");
        return new DesiredHook(manifest.withContent(content), hook, resource, earlier, foreign);
    }

    private static List<ObjectNode> earlier(Manifest manifest, Cluster cluster, ApiResource resource, String id) {
        ResourceKey key = manifest.key();
        try {
            if (!key.name().isEmpty()) {
                return cluster.objects().get(resource, key.namespace(), key.name()).stream()
                        .toList();
            }
            String prefix = generateName(manifest.content());
            return cluster.objects().list(resource, key.namespace(), Hook.HOOK_OF + "=" + id).stream()
                    .filter(live -> generateName(live).equals(prefix))
                    .toList();
        } catch (ApiException e) {
            if (e.status().notFound()) {
                return List.of();
            }
            throw new ClusterException(
                    "what earlier runs left of the hook " + key + " (" + manifest.origin() + ") cannot be seen: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isOurs(JsonNode live, String id) {
        boolean hook = live.path("metadata")
                .path("labels")
                .path(Hook.HOOK_OF)
                .asText("")
                .equals(id);
        return hook || Inventory.isOurs(live, id);
    }

    private static String generateName(JsonNode object) {
        return object.path("metadata").path("generateName").asText("");
    }

    private static Set<ResourceKey> keys(List<Manifest> manifests) {
        return manifests.stream().map(Manifest::key).collect(Collectors.toSet());
    }
}
