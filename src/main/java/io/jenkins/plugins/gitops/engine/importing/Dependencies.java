package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.gitops.engine.importing.Draft.Dependency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says {@code dependsOn} once all applications have their names: here it knows no namespaces and kinds. */
final class Dependencies {
    private final List<Draft> drafts;
    private final Map<ForeignObject, String> names;

    Dependencies(List<Draft> drafts, Map<ForeignObject, String> names) {
        this.drafts = drafts;
        this.names = names;
    }

    /** A name that no application has would be an error of the whole file, so it is told instead. */
    void settle() {
        for (Draft draft : drafts) {
            ArrayNode dependsOn = JsonNodeFactory.instance.arrayNode();
            for (Dependency dependency : draft.dependencies()) {
                Optional<String> name = name(draft, dependency);
                name.ifPresent(dependsOn::add);
                if (name.isEmpty()) {
                    dependency
                            .told()
                            .unmappedHere(
                                    "no application was made of the "
                                            + draft.origin().kind() + " " + dependency.namespace() + "/"
                                            + dependency.name(),
                                    "give its file too, or name the application that comes first under dependsOn");
                }
            }
            if (!dependsOn.isEmpty()) {
                draft.spec().set("dependsOn", dependsOn);
            }
        }
    }

    private Optional<String> name(Draft draft, Dependency dependency) {
        return drafts.stream()
                .map(Draft::origin)
                .filter(other -> other.is(draft.origin().group(), draft.origin().kind()))
                .filter(dependency::isOn)
                .findFirst()
                .map(names::get);
    }
}
