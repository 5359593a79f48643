package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/** The step's arguments as its execution keeps them over a restart: a plain class, for a program's state holds no records. */
final class SyncArguments implements Serializable {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    final String application;

    @CheckForNull
    final String cluster;

    @CheckForNull
    final String namespace;

    @CheckForNull
    final String path;

    @CheckForNull
    final String name;

    @CheckForNull
    final String uuid;

    @CheckForNull
    final String revision;

    final boolean prune;
    final boolean adopt;
    final boolean dryRun;
    final boolean wait;
    final int timeout;
    final boolean propagate;
    final boolean failOnUnhealthy;

    SyncArguments(GitOpsSyncStep step) {
        application = step.getApplication();
        cluster = step.getCluster();
        namespace = step.getNamespace();
        path = step.getPath();
        name = step.getName();
        uuid = step.getUuid();
        revision = step.getRevision();
        prune = step.isPrune();
        adopt = step.isAdopt();
        dryRun = step.isDryRun();
        wait = step.isWait();
        timeout = step.getTimeout();
        propagate = step.isPropagate();
        failOnUnhealthy = step.isFailOnUnhealthy();
    }
}
