package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;
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
        return new Source(
                repository,
                other,
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

    public Source withChart(String other) {
        return new Source(
                repository,
                revision,
                path,
                recurse,
                include,
                exclude,
                other,
                ref,
                renderer,
                kustomize,
                helm,
                trustedKeys,
                others);
    }

    public Source withRef(String other) {
        return new Source(
                repository,
                revision,
                path,
                recurse,
                include,
                exclude,
                chart,
                other,
                renderer,
                kustomize,
                helm,
                trustedKeys,
                others);
    }

    public Source withRenderer(RendererKind other) {
        return new Source(
                repository,
                revision,
                path,
                recurse,
                include,
                exclude,
                chart,
                ref,
                other,
                kustomize,
                helm,
                trustedKeys,
                others);
    }

    public Source withKustomize(KustomizeOptions other) {
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
                other,
                helm,
                trustedKeys,
                others);
    }

    public Source withHelm(HelmOptions other) {
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
                other,
                trustedKeys,
                others);
    }

    public Source withTrustedKeys(List<String> other) {
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
                other,
                others);
    }

    public Source withOthers(List<Source> further) {
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
                further);
    }
}
