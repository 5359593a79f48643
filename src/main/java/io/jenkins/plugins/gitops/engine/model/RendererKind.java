package io.jenkins.plugins.gitops.engine.model;

/** What turns a source's files into manifests (SEMANTICS 2); the names are those of the file form. */
public enum RendererKind {
    /** {@code Chart.yaml} → helm; a kustomization file → kustomize; otherwise plain. */
    auto,
    plain,
    kustomize,
    helm
}
