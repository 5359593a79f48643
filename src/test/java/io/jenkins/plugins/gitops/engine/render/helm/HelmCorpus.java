package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.application.ApplicationFile;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.build.TestTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What the renderer is tried on, and how. */
public final class HelmCorpus {
    private HelmCorpus() {}

    public static void copy(String name, Path target) {
        TestTools.copy(HelmCorpus.class, name, target);
    }

    /**
     * A chart rendered as the release {@code shop} in the namespace {@code store}.
     *
     * @param options of {@code source.helm}, as an application file has them
     * @param cluster null when it is not to be asked
     */
    static Built render(RenderTools tools, Path checkout, String path, String options, ClusterVersion cluster) {
        Source source = Source.of("", "", path).withHelm(declared(options).helm());
        SourceFolder found = SourceFolder.find(new SourceTree(checkout, ""), source);
        return new HelmRenderer(tools).prepare(found, source, release(cluster)).run();
    }

    static HelmRenderer.Release release(ClusterVersion cluster) {
        return new HelmRenderer.Release("shop", "store", Map.of(), () -> {
            if (cluster == null) {
                throw new AssertionError("the cluster is not to be asked");
            }
            return cluster;
        });
    }

    private static Source declared(String options) {
        String file = "{apiVersion: gitops.jenkins.io/v1, kind: Application, metadata: {name: a}, spec: {"
                + "destination: {namespace: a}, source: {repository: r, helm: " + options + "}}}";
        return new ApplicationFile()
                .read("gitops.yaml", file.getBytes(StandardCharsets.UTF_8), Path.of("/"))
                .source();
    }
}
