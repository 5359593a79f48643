package io.jenkins.plugins.gitops.engine.model;

/** How bad it is that an object is not as Git says, from least to most. */
public enum Severity {
    info,
    warning,
    critical;

    public Severity worse(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
