package io.jenkins.plugins.gitops.engine.model;

import java.util.Optional;

/**
 * The annotation prefixes that steer the engine: ours and Argo CD's. Both are read everywhere; when both are set on one
 * object, ours wins (SEMANTICS, preface).
 */
public final class Annotations {
    public static final String OWN = "gitops.jenkins.io/";
    public static final String ARGO = "argocd.argoproj.io/";

    private Annotations() {}

    /** The value of {@code own:name}, else of {@code argo:name}. */
    public static Optional<String> read(Manifest manifest, String name) {
        return manifest.annotation(OWN + name).or(() -> manifest.annotation(ARGO + name));
    }
}
