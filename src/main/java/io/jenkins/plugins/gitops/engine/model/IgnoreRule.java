package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;

/**
 * Fields in which Git has no say, although it declares them (SEMANTICS 4). They are compared nowhere, and never overwritten
 * once the live object exists.
 *
 * <p>The first four are globs ({@code *} any text, {@code ?} one character); {@code *} alone matches everything, for the group
 * also the core group, which is empty.
 *
 * @param jsonPointers RFC 6901, into the manifest as it is written
 * @param jqPathExpressions jq expressions that name paths, such as {@code .spec.containers[].image}
 * @param managedFieldsManagers field managers whose fields are theirs
 */
public record IgnoreRule(
        String group,
        String kind,
        String namespace,
        String name,
        List<String> jsonPointers,
        List<String> jqPathExpressions,
        List<String> managedFieldsManagers)
        implements Serializable {
    public IgnoreRule {
        jsonPointers = List.copyOf(jsonPointers);
        jqPathExpressions = List.copyOf(jqPathExpressions);
        managedFieldsManagers = List.copyOf(managedFieldsManagers);
    }

    public boolean matches(ResourceKey key) {
        return Glob.matches(group, key.group())
                && Glob.matches(kind, key.kind())
                && Glob.matches(namespace, key.namespace())
                && Glob.matches(name, key.name());
    }
}
