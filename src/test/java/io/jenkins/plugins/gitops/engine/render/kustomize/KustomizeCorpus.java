package io.jenkins.plugins.gitops.engine.render.kustomize;

import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.nio.file.Path;

/** What the renderer is tried on, for tests elsewhere. */
public final class KustomizeCorpus {
    private KustomizeCorpus() {}

    public static void copy(String name, Path target) {
        TestTools.copy(KustomizeCorpus.class, name, target);
    }
}
