package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;

/** A health rule of the users' own for some kind (SEMANTICS 9). It comes before the rules that are built in. */
public sealed interface HealthCheck extends Serializable {

    /**
     * CEL with the meaning of Flux's {@code healthCheckExprs}: asked in the order in progress, failed, current; the first
     * that is true decides, and an object of which none is true is in progress.
     *
     * @param apiVersion its group counts, not its version
     * @param inProgress empty when not given
     * @param failed empty when not given
     * @param current always given
     */
    record Expressions(String apiVersion, String kind, String inProgress, String failed, String current)
            implements HealthCheck {
        @Override
        public boolean matches(GroupKind object) {
            return object.is(GroupKind.groupOf(apiVersion), kind);
        }

        @Override
        public boolean isGlob() {
            return false;
        }
    }

    /**
     * Lua with the contract of Argo CD's {@code resource.customizations.health}: reads {@code obj}, returns a table with
     * {@code status} and {@code message}.
     *
     * @param group a glob: {@code *} any text, {@code ?} one character; empty for the core group
     * @param kind a glob
     */
    record Script(String group, String kind, String lua) implements HealthCheck {
        @Override
        public boolean matches(GroupKind object) {
            return Glob.matches(group, object.group()) && Glob.matches(kind, object.kind());
        }

        @Override
        public boolean isGlob() {
            return (group + kind).matches(".*[*?].*");
        }
    }

    boolean matches(GroupKind object);

    /** A check for exactly one kind comes before those for many, whatever their order. */
    boolean isGlob();
}
