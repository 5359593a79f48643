package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where an application's manifests come from: one source, or several whose manifests are put together.
 *
 * @param repository a Git URL or a local folder; with {@code chart} the URL of a chart repository (https:// or oci://)
 * @param revision branch, tag or commit, of a chart its version or range of versions; empty means the newest
 * @param path folder inside the repository; empty means its root
 * @param recurse read folders below {@code path} too; plain manifests only
 * @param include globs relative to {@code path}; empty means every .yaml, .yml and .json file; plain manifests only
 * @param exclude globs relative to {@code path}; plain manifests only
 * @param chart name of a chart in a chart repository; empty when the repository is Git or a folder
 * @param ref the name by which values files of other sources refer to this one as {@code $ref/…}; such a source yields no
 *     manifests unless it has a path or a chart; empty means none
 * @param trustedKeys public keys, GPG or SSH, as texts: what is rendered must be signed by one of them; empty means that
 *     nobody asks for a signature; of a chart of a chart repository always empty
 * @param others the second and further sources of the application, in their order; they have no others themselves
 */
public record Source(
        String repository,
        String revision,
        String path,
        boolean recurse,
        List<String> include,
        List<String> exclude,
        String chart,
        String ref,
        RendererKind renderer,
        KustomizeOptions kustomize,
        HelmOptions helm,
        List<String> trustedKeys,
        List<Source> others)
        implements Serializable {
    public Source {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        trustedKeys = List.copyOf(trustedKeys);
        others = List.copyOf(others);
    }

    /** A folder of Git, rendered as its files suggest, without options. */
    public Source(
            String repository,
            String revision,
            String path,
            boolean recurse,
            List<String> include,
            List<String> exclude) {
        this(
                repository,
                revision,
                path,
                recurse,
                include,
                exclude,
                "",
                "",
                RendererKind.auto,
                KustomizeOptions.NONE,
                HelmOptions.NONE,
                List.of(),
                List.of());
    }

    public static Source of(String repository, String revision, String path) {
        return new Source(repository, revision, path, true, List.of(), List.of());
    }

    /** Whether it is a chart of a chart repository, so that there is nothing to check out. */
    public boolean isChart() {
        return !chart.isEmpty();
    }

    /** Whether it only lends its files to others. */
    public boolean isReferenceOnly() {
        return !ref.isEmpty() && path.isEmpty() && chart.isEmpty();
    }

    /** All sources of the application, this one first. */
    public List<Source> all() {
        return Stream.concat(Stream.of(withOthers(List.of())), others.stream()).toList();
    }

    public Source withRevision(String other) {
        return with(copy -> copy.revision = other);
    }

    public Source withChart(String other) {
        return with(copy -> copy.chart = other);
    }

    public Source withRef(String other) {
        return with(copy -> copy.ref = other);
    }

    public Source withRenderer(RendererKind other) {
        return with(copy -> copy.renderer = other);
    }

    public Source withKustomize(KustomizeOptions other) {
        return with(copy -> copy.kustomize = other);
    }

    public Source withHelm(HelmOptions other) {
        return with(copy -> copy.helm = other);
    }

    public Source withTrustedKeys(List<String> other) {
        return with(copy -> copy.trustedKeys = other);
    }

    public Source withOthers(List<Source> further) {
        return with(copy -> copy.others = further);
    }

    private Source with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made();
    }

    /** All components, to be changed before the next one is made of them. */
    private static final class Copy {
        private String repository;
        private String revision;
        private String path;
        private boolean recurse;
        private List<String> include;
        private List<String> exclude;
        private String chart;
        private String ref;
        private RendererKind renderer;
        private KustomizeOptions kustomize;
        private HelmOptions helm;
        private List<String> trustedKeys;
        private List<Source> others;

        Copy(Source from) {
            repository = from.repository;
            revision = from.revision;
            path = from.path;
            recurse = from.recurse;
            include = from.include;
            exclude = from.exclude;
            chart = from.chart;
            ref = from.ref;
            renderer = from.renderer;
            kustomize = from.kustomize;
            helm = from.helm;
            trustedKeys = from.trustedKeys;
            others = from.others;
        }

        Source made() {
            return new Source(
                    repository,
                    revision,
                    path,
                    recurse,
                    include,
                    exclude,
                    chart,
                    ref,
                    renderer,
                    kustomize,
                    helm,
                    trustedKeys,
                    others);
        }
    }
}
