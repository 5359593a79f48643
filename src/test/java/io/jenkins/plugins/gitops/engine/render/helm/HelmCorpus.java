package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.nio.file.Path;

/** What the renderer is tried on, for tests elsewhere. */
public final class HelmCorpus {
    private HelmCorpus() {}

    public static void copy(String name, Path target) {
        TestTools.copy(HelmCorpus.class, name, target);
    }
}
