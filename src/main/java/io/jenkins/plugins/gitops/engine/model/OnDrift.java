package io.jenkins.plugins.gitops.engine.model;

/** What a host does with drift that it finds (SEMANTICS 8). */
public enum OnDrift {
    /** It is in the report. */
    report,
    /** The same, and people are told. */
    alert,
    /** The last synced revision's objects that drifted are applied again. */
    heal
}
