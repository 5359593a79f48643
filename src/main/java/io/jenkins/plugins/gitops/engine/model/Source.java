package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * Where an application's manifests come from.
 *
 * @param repository a Git URL or a local folder
 * @param revision branch, tag or commit; empty means the repository's HEAD
 * @param path folder inside the repository; empty means its root
 * @param recurse read folders below {@code path} too
 * @param include globs relative to {@code path}; empty means every .yaml, .yml and .json file
 * @param exclude globs relative to {@code path}
 */
public record Source(
        String repository, String revision, String path, boolean recurse, List<String> include, List<String> exclude)
        implements Serializable {
    public Source {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public static Source of(String repository, String revision, String path) {
        return new Source(repository, revision, path, true, List.of(), List.of());
    }
}
