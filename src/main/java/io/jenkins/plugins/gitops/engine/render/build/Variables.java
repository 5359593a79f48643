package io.jenkins.plugins.gitops.engine.render.build;

import java.util.Optional;

/**
 * Values of variables that only the host knows, such as the parameters and credentials of a Jenkins build. They win over what
 * the application says. Asked once for each name that a manifest uses, from the thread that renders.
 *
 * <p>A name is that of a variable ({@code [_A-Za-z][_A-Za-z0-9]*}), or {@code credentials:ID} for {@code ${credentials:ID}}
 * in a manifest, where ID is any text without a brace.
 */
@FunctionalInterface
public interface Variables {
    Variables NONE = name -> Optional.empty();

    /** @return empty when the host has no such variable, or knows nothing of credentials */
    Optional<Value> find(String name);

    /**
     * A value.
     *
     * @param secret whether it must not be seen: then it is masked wherever it ends up, in objects of any kind
     */
    record Value(String text, boolean secret) {
        /** Without the text of a secret one. */
        @Override
        public String toString() {
            return secret ? HIDDEN : text;
        }

        private static final String HIDDEN = "(masked)";
    }
}
