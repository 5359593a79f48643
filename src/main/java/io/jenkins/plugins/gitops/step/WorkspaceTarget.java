package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/** Manifests of a workspace and where they go, as a script names them. A plain class: it is kept over a restart. */
final class WorkspaceTarget implements Serializable {
    private static final long serialVersionUID = 1L;

    final String cluster;

    @CheckForNull
    final String namespace;

    @CheckForNull
    final String path;

    @CheckForNull
    final String name;

    @CheckForNull
    final String uuid;

    WorkspaceTarget(String cluster, String namespace, String path, String name, String uuid) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.path = path;
        this.name = name;
        this.uuid = uuid;
    }
}
