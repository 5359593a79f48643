package io.jenkins.plugins.gitops.engine.plan;

import io.jenkins.plugins.gitops.engine.cluster.Inventory;
import io.jenkins.plugins.gitops.engine.compare.Compared;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.Permissions;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import java.util.Optional;

/** Which objects that are ours and no longer in Git may be deleted (SEMANTICS 7). */
record PruneRules(SyncPolicy policy, Permissions permissions) {
    /** Why an Extra object stays; empty when it is to be pruned. */
    Optional<String> reasonToKeep(Compared extra) {
        ResourceKey key = extra.key();
        if (!policy.prune()) {
            return Optional.of("no longer in Git; prune is off");
        }
        Optional<String> outside = permissions.refusal(key);
        if (outside.isPresent()) {
            return outside.map(why -> "no longer in Git; kept because " + why);
        }
        if (has(extra, "Prune=false")) {
            return Optional.of("no longer in Git; kept because it has the sync option Prune=false");
        }
        Optional<String> owner = extra.live().flatMap(Inventory::controllerOf);
        if (owner.isPresent()) {
            return owner.map(name -> "no longer in Git; it is owned by " + name
                    + ", so its pruning must be confirmed, delete it by hand");
        }
        if (has(extra, "Prune=confirm")) {
            return Optional.of("no longer in Git; its pruning must be confirmed, delete it by hand (Prune=confirm)");
        }
        if (key.isNamespace() && !policy.pruneNamespaces()) {
            return Optional.of("no longer in Git; Namespaces are pruned only with pruneNamespaces");
        }
        if (key.isCustomResourceDefinition() && !policy.pruneCustomResourceDefinitions()) {
            return Optional.of(
                    "no longer in Git; CustomResourceDefinitions, and with them all their objects, are pruned"
                            + " only with pruneCustomResourceDefinitions");
        }
        if (key.groupKind().is("", "PersistentVolumeClaim")) {
            return Optional.of("no longer in Git; a PersistentVolumeClaim holds data and is never pruned unasked,"
                    + " delete it by hand");
        }
        return Optional.empty();
    }

    static boolean has(Compared object, String option) {
        return object.live()
                .filter(live -> Annotations.hasOption(live, "sync-options", option))
                .isPresent();
    }
}
