package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.Optional;

/** Whether objects of a kind live in a namespace. Asked from the cluster where there is one. */
@FunctionalInterface
public interface Scopes {
    /** True for namespaced, false for cluster-scoped, empty when the kind is not known. */
    Optional<Boolean> namespaced(GroupKind kind);
}
