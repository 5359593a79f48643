package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that was made of an object, before all have their names.
 *
 * @param name that it had, and has unless another one has it too
 * @param spec of the application file
 * @param dependencies objects of the same kind that come first
 * @param others objects that it was made of too, such as its source
 */
record Draft(
        ForeignObject origin,
        String name,
        ObjectNode spec,
        HostSettings host,
        List<Dependency> dependencies,
        List<ForeignObject> others) {
    /**
     * Another object, by its names.
     *
     * @param told where to tell that there is none
     */
    record Dependency(String namespace, String name, Fields told) {
        boolean isOn(ForeignObject object) {
            return object.name().equals(name) && object.namespace().equals(namespace);
        }
    }

    Draft(ForeignObject origin, String name, ObjectNode spec, HostSettings host) {
        this(origin, name, spec, host, List.of(), List.of());
    }

    List<ObjectNode> sources() {
        List<ObjectNode> sources = new ArrayList<>();
        if (spec.path("source") instanceof ObjectNode source) {
            sources.add(source);
        }
        spec.path("sources").forEach(source -> sources.add((ObjectNode) source));
        return sources;
    }
}
