package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.Built;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.kustomize.KustomizeRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * From an application's checkouts to its desired set (SEMANTICS 2). The result depends on the files, the application, the
 * tools, the scopes and the cluster's version alone.
 */
public final class Renderer {
    private final PlainRenderer plain = new PlainRenderer();
    private final KustomizeRenderer kustomize;

    public Renderer(RenderTools tools) {
        this.kustomize = new KustomizeRenderer(tools);
    }

    /**
     * The desired set.
     *
     * @param tree the checkouts of the application's sources
     * @param scopes asked for kinds that no CustomResourceDefinition of the set defines
     * @param cluster asked only when a chart is rendered that does not say for which cluster
     * @throws InvalidInputException with every problem of the set
     * @throws CancellationException when the calling thread is interrupted while a tool runs
     */
    public Rendered render(Application application, SourceTree tree, Scopes scopes, Supplier<ClusterVersion> cluster) {
        DesiredObjects objects = new DesiredObjects();
        List<String> warnings = new ArrayList<>();
        Source source = application.source();
        if (!source.others().isEmpty()) {
            throw new InvalidInputException("sources", "several sources are not supported yet");
        }
        SourceFolder folder = SourceFolder.find(tree, source);
        switch (kind(source, folder)) {
            case kustomize -> add(kustomize.build(folder, source.kustomize()), objects, warnings);
            case helm -> throw new InvalidInputException("source", "Helm is not supported yet");
            case auto, plain -> plain.read(folder, source, objects);
        }
        Rendered rendered = objects.complete(application.destination().namespace(), scopes);
        warnings.addAll(rendered.warnings());
        return new Rendered(rendered.manifests(), warnings, rendered.unknownKinds());
    }

    private static void add(Built built, DesiredObjects objects, List<String> warnings) {
        warnings.addAll(built.warnings());
        built.documents().forEach(document -> objects.add(document.content(), new BuiltPlace(document.origin())));
    }

    /** As in Argo CD, options of a tool choose that tool. */
    private static RendererKind kind(Source source, SourceFolder folder) {
        boolean kustomize = !source.kustomize().equals(KustomizeOptions.NONE);
        boolean helm = source.isChart() || !source.helm().equals(HelmOptions.NONE);
        RendererKind kind = source.renderer();
        if (kind == RendererKind.auto && (kustomize || helm)) {
            kind = helm ? RendererKind.helm : RendererKind.kustomize;
        } else if (kind == RendererKind.auto) {
            kind = suggested(folder);
        }
        refuseWithoutEffect("kustomize", kustomize && kind != RendererKind.kustomize, kind);
        refuseWithoutEffect("helm", helm && kind != RendererKind.helm, kind);
        boolean narrowed = !source.recurse()
                || !source.include().isEmpty()
                || !source.exclude().isEmpty();
        refuseWithoutEffect("recurse, include, exclude", narrowed && kind != RendererKind.plain, kind);
        return kind;
    }

    private static RendererKind suggested(SourceFolder folder) {
        if (folder.hasFile("Chart.yaml")) {
            return RendererKind.helm;
        }
        return KustomizeRenderer.FILES.stream().anyMatch(folder::hasFile) ? RendererKind.kustomize : RendererKind.plain;
    }

    private static void refuseWithoutEffect(String option, boolean useless, RendererKind kind) {
        if (useless) {
            throw new InvalidInputException(
                    "source",
                    option + " would have no effect, because the source is rendered as " + kind
                            + "; remove it, or change source.renderer");
        }
    }
}
