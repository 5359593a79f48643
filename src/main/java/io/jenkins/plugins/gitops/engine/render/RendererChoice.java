package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.kustomize.KustomizeRenderer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which renderer a source gets (SEMANTICS 2). */
public final class RendererChoice {
    private RendererChoice() {}

    /**
     * The renderers that an application needs, so that a host can provide their tools.
     *
     * @param tree the checkouts of all sources
     * @throws InvalidInputException when a source's path does not exist, or an option would have no effect
     */
    public static Set<RendererKind> of(Source source, SourceTree tree) {
        List<Source> sources = source.all();
        List<SourceTree> trees = tree.all();
        Set<RendererKind> kinds = EnumSet.noneOf(RendererKind.class);
        for (int i = 0; i < sources.size(); i++) {
            Source one = sources.get(i);
            if (one.isChart()) {
                kinds.add(RendererKind.helm);
            } else if (!one.isReferenceOnly()) {
                kinds.add(of(one, SourceFolder.find(trees.get(i), one)));
            }
        }
        return kinds;
    }

    /** Of one source that is a folder; as in Argo CD, options of a tool choose that tool. */
    static RendererKind of(Source source, SourceFolder folder) {
        boolean kustomize = !source.kustomize().equals(KustomizeOptions.NONE);
        boolean helm = !source.helm().equals(HelmOptions.NONE);
        RendererKind kind = source.renderer();
        if (kind == RendererKind.auto && (kustomize || helm)) {
            kind = helm ? RendererKind.helm : RendererKind.kustomize;
        } else if (kind == RendererKind.auto) {
            kind = suggested(folder);
        }
        refuseWithoutEffect("kustomize", kustomize && kind != RendererKind.kustomize, kind);
        refuseWithoutEffect("helm", helm && kind != RendererKind.helm, kind);
        // Argo CD's applications say how plain files would be read, whatever their files turn out to be.
        boolean byFiles = source.renderer() == RendererKind.auto && !kustomize && !helm;
        boolean narrowed = !source.recurse() && !byFiles
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
