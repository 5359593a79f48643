package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.List;

/**
 * The desired objects of an application with all that they own in the cluster (SEMANTICS 9).
 *
 * @param revision full commit id, or empty
 * @param health the worst of the desired objects
 * @param warnings what could not be read, and so may be missing
 */
public record TreeReport(
        int schemaVersion,
        String application,
        String revision,
        HealthStatus health,
        List<TreeNode> objects,
        List<String> warnings) {
    public TreeReport {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
    }
}
