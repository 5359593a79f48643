package io.jenkins.plugins.gitops.engine.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import java.time.Instant;
import java.util.List;

/**
 * What differs between Git and the cluster (SEMANTICS 4 and 10).
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}; grows when a field is added, never otherwise
 * @param revision full commit id, or empty when the source is a plain folder
 * @param time when the comparison ended
 * @param objects in order of group-kind, namespace, name; objects in sync too
 * @param warnings what a person should know although nothing failed
 */
@JsonPropertyOrder({"schemaVersion", "application", "revision", "time", "verdict", "objects", "warnings"})
public record DriftReport(
        int schemaVersion,
        String application,
        String revision,
        Instant time,
        ApplicationVerdict verdict,
        List<ObjectDrift> objects,
        List<String> warnings) {
    public static final int SCHEMA_VERSION = 1;

    public DriftReport {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
    }
}
