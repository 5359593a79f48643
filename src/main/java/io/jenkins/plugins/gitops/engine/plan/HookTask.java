package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.compare.DesiredHook;
import io.jenkins.plugins.gitops.engine.model.Hook;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.Phase;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.util.List;

/**
 * One run of a hook in one phase.
 *
 * @param manifest as it is created: with the name of this run
 */
public record HookTask(Phase phase, int wave, Manifest manifest, DesiredHook desired) {
    public ResourceKey key() {
        return manifest.key();
    }

    public Hook hook() {
        return desired.hook();
    }

    /** The objects of earlier runs that are deleted before this one. */
    public List<ObjectNode> replaced() {
        return hook().deletePolicies().contains(Hook.DeletePolicy.BeforeHookCreation) ? desired.earlier() : List.of();
    }

    /** Whether what an earlier run left stays, and is only brought to what Git says. */
    public boolean isAppliedInPlace() {
        boolean fixedName = !desired.key().name().isEmpty();
        return fixedName && !desired.earlier().isEmpty() && replaced().isEmpty();
    }
}
