package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;

/** Renders a folder of plain YAML and JSON manifests (SEMANTICS 2). */
public final class PlainRenderer {
    /**
     * The desired set.
     *
     * @param defaultNamespace given to namespaced objects that name none
     * @throws io.jenkins.plugins.gitops.engine.model.InvalidInputException with every problem of the set
     */
    public Rendered render(SourceTree tree, Source source, String defaultNamespace, Scopes scopes) {
        throw new UnsupportedOperationException("not yet");
    }
}
