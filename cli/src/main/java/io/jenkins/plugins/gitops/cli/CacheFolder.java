package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.helm.HelmRenderer;

/** Where fetched repositories are kept: {@code ${XDG_CACHE_HOME:-~/.cache}/gitops}. */
record CacheFolder(Console console) {
    /** @param tools ask chart repositories */
    Sources sources(RenderTools tools) {
        Warnings warnings = new Warnings(console);
        HelmRenderer helm = new HelmRenderer(tools);
        return new Sources(
                console.folder("XDG_CACHE_HOME", ".cache"),
                warnings::print,
                chart -> chart.withRevision(helm.version(chart)));
    }
}
