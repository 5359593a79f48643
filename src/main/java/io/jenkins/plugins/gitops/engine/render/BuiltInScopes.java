package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import java.util.Optional;

/** The scopes of Kubernetes's own kinds, for rendering without a cluster. */
public final class BuiltInScopes implements Scopes {
    @Override
    public Optional<Boolean> namespaced(GroupKind kind) {
        throw new UnsupportedOperationException("not yet");
    }
}
