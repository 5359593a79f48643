package io.jenkins.plugins.gitops.engine.model;

import java.util.Comparator;

/**
 * What identifies an object in one cluster, whatever its version. {@code namespace} is empty for cluster-scoped objects.
 *
 * <p>Its text form is {@code Deployment.apps shop/web}, or {@code Namespace shop} for a cluster-scoped object.
 */
public record ResourceKey(String group, String kind, String namespace, String name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER = Comparator.comparing(ResourceKey::groupKind)
            .thenComparing(ResourceKey::namespace)
            .thenComparing(ResourceKey::name);

    public ResourceKey(GroupKind groupKind, String namespace, String name) {
        this(groupKind.group(), groupKind.kind(), namespace, name);
    }

    public GroupKind groupKind() {
        return new GroupKind(group, kind);
    }

    public ResourceKey inNamespace(String other) {
        return new ResourceKey(group, kind, other, name);
    }

    /** A Namespace is where its own objects live; every other cluster-scoped kind is not. */
    public boolean isNamespace() {
        return groupKind().is("", "Namespace");
    }

    public boolean isCustomResourceDefinition() {
        return groupKind().is("apiextensions.k8s.io", "CustomResourceDefinition");
    }

    public boolean isSecret() {
        return groupKind().is("", "Secret");
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return groupKind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
