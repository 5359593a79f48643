package io.jenkins.plugins.gitops.engine.model;

/** What the comparison says of one object (SEMANTICS 4). */
public enum Verdict {
    InSync,
    /** The live object differs from Git in at least one field. */
    Drifted,
    /** In Git, not in the cluster. */
    Missing,
    /** Ours in the cluster, no longer in Git. */
    Extra,
    /** Could not be compared; the message says why. */
    Unknown
}
