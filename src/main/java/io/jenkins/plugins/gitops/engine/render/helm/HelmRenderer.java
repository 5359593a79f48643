package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import java.util.Map;
import java.util.function.Supplier;

/** Renders a chart of the checkout, or of a chart repository, with the application's values. */
public final class HelmRenderer {
    private final RenderTools tools;
    private final HelmTool tool;

    public HelmRenderer(RenderTools tools) {
        this.tools = tools;
        this.tool = new HelmTool(tools);
    }

    /**
     * What a release is called and where it goes.
     *
     * @param refs checkouts of the application's other sources, by the names that values files use
     * @param cluster asked unless the options say for which cluster
     */
    public record Release(
            String application, String namespace, Map<String, SourceTree> refs, Supplier<ClusterVersion> cluster) {}

    /** A chart of the checkout. */
    public Rendering prepare(SourceFolder folder, Source source, Release release) {
        ChartFolder chart = ChartFolder.read(folder, folder.path());
        return new ChartRendering(tools, tool, chart, settings(folder, source.helm(), release));
    }

    /**
     * A chart of a chart repository.
     *
     * @param scratch to which it is fetched unless it is kept; used by the rendering too
     */
    public Rendering prepare(Source source, Release release, ScratchFolder scratch) {
        SourceFolder folder = new FetchedCharts(tools, tool).fetch(source, scratch);
        ChartFolder chart = ChartFolder.read(folder, folder.path());
        return new ChartRendering(tools, tool, chart, settings(folder, source.helm(), release));
    }

    /**
     * The version of a chart that a source means now, such as {@code 19.5.2} for {@code 19.x}; of an exact version without asking
     * the repository.
     *
     * @throws InvalidInputException when the repository has none, does not answer, or does not let us in
     */
    public String version(Source source) {
        if (ChartReference.isExact(source.revision())) {
            return source.revision();
        }
        try (ScratchFolder scratch = new ScratchFolder()) {
            return ChartReference.of(source).version(tools, tool, scratch.folder("home"));
        }
    }

    /** Whether a text is one version, not a range of them. */
    public static boolean isExactVersion(String text) {
        return ChartReference.isExact(text);
    }

    private static TemplateSettings settings(SourceFolder folder, HelmOptions options, Release release) {
        HelmInputs inputs = new HelmInputs(folder, release.refs());
        boolean ask = options.kubeVersion().isEmpty() || options.apiVersions().isEmpty();
        ClusterVersion cluster = ask ? release.cluster().get() : ClusterVersion.UNKNOWN;
        return new TemplateSettings(
                options.releaseName().isEmpty() ? release.application() : options.releaseName(),
                options.namespace().isEmpty() ? release.namespace() : options.namespace(),
                inputs.valueFiles(options),
                options.fileParameters().stream().map(inputs::fileParameter).toList(),
                options,
                new ClusterVersion(
                        options.kubeVersion().isEmpty() ? cluster.kubeVersion() : options.kubeVersion(),
                        options.apiVersions().isEmpty() ? cluster.apiVersions() : options.apiVersions()));
    }

    /** @throws InvalidInputException when there is no helm */
    static String identity(HelmTool tool) {
        return RenderTools.identity("helm", tool.binary());
    }
}
