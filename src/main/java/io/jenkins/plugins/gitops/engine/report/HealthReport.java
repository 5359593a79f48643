package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.List;

/** The health of objects (SEMANTICS 9). */
public record HealthReport(int schemaVersion, List<ObjectHealth> objects) {
    /**
     * One object's health.
     *
     * @param status null when the kind has no rule and the object no status, or nothing has begun to act on the object and
     *     nobody waits for it: it counts as healthy
     */
    public record ObjectHealth(
            String group, String kind, String namespace, String name, HealthStatus status, String message) {}

    public HealthReport {
        objects = List.copyOf(objects);
    }
}
