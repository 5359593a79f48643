package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * How bad drift of some objects, or of some of their fields, is. All texts are globs ({@code *} any text, {@code ?} one character).
 *
 * @param fields of their paths as reports print them: {@code spec.replicas}, {@code *.image}; empty for every field, and for the
 *     object as a whole being missing or extra
 */
public record SeverityRule(
        String group, String kind, String namespace, String name, List<String> fields, Severity severity)
        implements Serializable {
    public SeverityRule {
        fields = List.copyOf(fields);
    }

    /** @param path of the differing field; empty when it is the object as a whole */
    public boolean matches(ResourceKey key, String path) {
        return Glob.matches(group, key.group())
                && Glob.matches(kind, key.kind())
                && Glob.matches(namespace, key.namespace())
                && Glob.matches(name, key.name())
                && (fields.isEmpty() || fields.stream().anyMatch(field -> Glob.matches(field, path)));
    }
}
