package io.jenkins.plugins.gitops.engine.plan;

/** The phases of a sync, in order (SEMANTICS 5). Hooks bring the others. */
public enum Phase {
    Sync
}
