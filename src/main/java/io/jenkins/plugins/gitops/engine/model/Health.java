package io.jenkins.plugins.gitops.engine.model;

/**
 * Health of one object.
 *
 * @param message one sentence that a person can act on; empty when there is nothing to say
 */
public record Health(HealthStatus status, String message) {
    public static Health healthy(String message) {
        return new Health(HealthStatus.Healthy, message);
    }

    public static Health progressing(String message) {
        return new Health(HealthStatus.Progressing, message);
    }

    public static Health degraded(String message) {
        return new Health(HealthStatus.Degraded, message);
    }

    public static Health suspended(String message) {
        return new Health(HealthStatus.Suspended, message);
    }
}
