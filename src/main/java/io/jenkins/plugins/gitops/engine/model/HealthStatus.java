package io.jenkins.plugins.gitops.engine.model;

/** Health of one object or of an application, ordered from best to worst (SEMANTICS 9). */
public enum HealthStatus {
    Healthy,
    Suspended,
    Progressing,
    Missing,
    Degraded,
    Unknown;

    public HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
