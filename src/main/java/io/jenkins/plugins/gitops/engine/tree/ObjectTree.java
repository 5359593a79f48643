package io.jenkins.plugins.gitops.engine.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.health.HealthRules;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.report.TreeNode;
import io.jenkins.plugins.gitops.engine.report.TreeNode.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Live objects with all that they own, each with its health; what is not well points at the object that explains it. */
public final class ObjectTree {
    private final HealthRules rules;
    private final OwnedObjects owned;

    private ObjectTree(HealthRules rules, OwnedObjects owned) {
        this.rules = rules;
        this.owned = owned;
    }

    /**
     * Reads what the roots own.
     *
     * @param roots live objects
     */
    public static ObjectTree of(Cluster cluster, HealthRules rules, Collection<ObjectNode> roots) {
        return new ObjectTree(rules, OwnedObjects.of(cluster, roots));
    }

    /** @param root one of those that the tree was made of */
    public TreeNode node(ObjectNode root) {
        return node(root, Set.of());
    }

    /** What could not be read, and so may be missing from the tree. */
    public List<String> warnings() {
        return List.copyOf(owned.warnings());
    }

    /** @param above uids of the owners: owners may go in a circle, a tree may not */
    private TreeNode node(ObjectNode object, Set<String> above) {
        Set<String> path = new TreeSet<>(above);
        path.add(object.path("metadata").path("uid").asText());
        List<TreeNode> children = owned.ownedBy(object).stream()
                .filter(child ->
                        !path.contains(child.path("metadata").path("uid").asText()))
                .filter(child -> !isRetired(child))
                .map(child -> node(child, path))
                .sorted(Comparator.comparing(TreeNode::key))
                .toList();
        Optional<Health> health = rules.assess(object);
        ResourceKey key = key(object);
        return new TreeNode(
                key.group(),
                key.kind(),
                key.namespace(),
                key.name(),
                health.map(Health::status).orElse(null),
                health.map(Health::message).orElse(""),
                health.filter(ObjectTree::isBad)
                        .flatMap(bad -> reason(key, object, bad, children))
                        .orElse(null),
                children);
    }

    /** The leaf that explains: the worst of the children that are not well, and of its children, down to the last. */
    private Optional<Reason> reason(ResourceKey key, ObjectNode object, Health health, List<TreeNode> children) {
        Optional<TreeNode> worst = children.stream()
                .filter(child -> child.health() != null && isBad(new Health(child.health(), "")))
                .max(Comparator.comparing(TreeNode::health));
        if (worst.isPresent()) {
            TreeNode child = worst.get();
            return Optional.of(child.reason() != null ? child.reason() : new Reason(child.key(), child.message()));
        }
        return owned.warning(object)
                .filter(warning -> !health.message().contains(warning))
                .map(warning -> new Reason(key, warning));
    }

    private static boolean isBad(Health health) {
        return health.status() != HealthStatus.Healthy && health.status() != HealthStatus.Suspended;
    }

    /** The ReplicaSets of earlier revisions that a Deployment keeps for going back. */
    private boolean isRetired(ObjectNode child) {
        return child.path("kind").asText().equals("ReplicaSet")
                && child.path("spec").path("replicas").asInt(1) == 0
                && owned.ownedBy(child).isEmpty();
    }

    private static ResourceKey key(ObjectNode object) {
        return new ResourceKey(
                OwnedObjects.groupKind(object),
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }
}
