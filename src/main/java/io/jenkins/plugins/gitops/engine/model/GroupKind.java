package io.jenkins.plugins.gitops.engine.model;

import java.util.Comparator;

/**
 * A Kubernetes kind without its version. {@code group} is empty for the core group.
 *
 * <p>Its text form is that of KEP-3659 and of kubectl: {@code ConfigMap}, {@code Deployment.apps}.
 */
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {
    private static final Comparator<GroupKind> ORDER =
            Comparator.comparing(GroupKind::kind).thenComparing(GroupKind::group);

    /** Reads the text form: everything before the first dot is the kind. */
    public static GroupKind parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new GroupKind("", text) : new GroupKind(text.substring(dot + 1), text.substring(0, dot));
    }

    /** The group of an {@code apiVersion} such as {@code apps/v1}; empty for the core group. */
    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public boolean is(String group, String kind) {
        return this.group.equals(group) && this.kind.equals(kind);
    }

    @Override
    public int compareTo(GroupKind other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
