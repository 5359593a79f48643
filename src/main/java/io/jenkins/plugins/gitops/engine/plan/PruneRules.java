package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which objects may be deleted (SEMANTICS 7): those that are ours and no longer in Git, and those that must be made anew.
 *
 * @param approved what somebody has confirmed
 */
record PruneRules(SyncPolicy policy, Permissions permissions, Predicate<ResourceKey> approved) {
    private static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");

    /**
     * Why an object stays.
     *
     * @param awaitsApproval whether an approval is all that is missing
     */
    record Kept(String reason, boolean awaitsApproval) {}

    /** Why an Extra object stays; empty when it is to be pruned. */
    Optional<Kept> reasonToKeep(Compared extra) {
        return forbidden(extra)
                .map(why -> new Kept("no longer in Git; " + why, false))
                .or(() -> toConfirm(extra)
                        .filter(why -> !approved.test(extra.key()))
                        .map(why ->
                                new Kept("no longer in Git; waits for approval to be pruned, because " + why, true)));
    }

    private Optional<String> forbidden(Compared extra) {
        ResourceKey key = extra.key();
        if (!policy.prune()) {
            return Optional.of("prune is off");
        }
        Optional<String> outside = permissions.refusal(key);
        if (outside.isPresent()) {
            return outside.map(why -> "kept because " + why);
        }
        if (extra.options().has(SyncOption.Prune, "false")) {
            return Optional.of("kept because it has the sync option Prune=false");
        }
        if (key.isNamespace() && !policy.pruneNamespaces()) {
            return Optional.of("Namespaces are pruned only with pruneNamespaces");
        }
        if (key.isCustomResourceDefinition() && !policy.pruneCustomResourceDefinitions()) {
            return Optional.of("CustomResourceDefinitions, and with them all their objects, are pruned only with"
                    + " pruneCustomResourceDefinitions");
        }
        return Optional.empty();
    }

    private static Optional<String> toConfirm(Compared extra) {
        Optional<String> owner = extra.live().flatMap(Inventory::controllerOf);
        if (owner.isPresent()) {
            return owner.map(name -> "it is owned by " + name);
        }
        if (extra.options().has(SyncOption.Prune, "confirm")) {
            return Optional.of("it has the sync option Prune=confirm");
        }
        return holdsData(extra.key());
    }

    /** Why an object that must be deleted and created anew is left as it is; empty when it may be. */
    Optional<Kept> reasonNotToRemake(Compared object) {
        Optional<String> lost = object.key().isNamespace() || object.key().isCustomResourceDefinition()
                ? Optional.of("all that is in it is deleted with it")
                : holdsData(object.key());
        return lost.filter(why -> !approved.test(object.key()))
                .map(why -> new Kept(
                        object.message() + "; waits for approval to be deleted and created anew, because " + why,
                        true));
    }

    private static Optional<String> holdsData(ResourceKey key) {
        return key.groupKind().equals(CLAIM) ? Optional.of("a PersistentVolumeClaim holds data") : Optional.empty();
    }
}
