package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a rule file says of some kinds of one API group; the text, not yet compiled.
 *
 * @param group exact, or a glob such as {@code *.crossplane.io} that stands for every group with that ending
 * @param kinds empty for all kinds of the group
 * @param source where the operator documents the status; empty in a user's own file
 * @param first tried in order before the status is looked at, whether or not it is there or of an older generation
 * @param withoutStatus what an object without a status is; empty when it has no health
 * @param states tried in order: the first that holds decides
 * @param otherwise what decides when none holds
 */
record KindRule(
        String group,
        List<String> kinds,
        String source,
        List<State> first,
        Optional<HealthStatus> withoutStatus,
        List<State> states,
        Otherwise otherwise) {

    /**
     * @param when CEL that gives a boolean
     * @param message CEL that gives a string
     */
    record State(HealthStatus status, String when, String message) {}

    /** The status that an object has when no state holds. */
    sealed interface Otherwise {
        /** What the generic conditions say; Progressing when they say nothing. */
        record Generic() implements Otherwise {}

        record Fixed(HealthStatus status) implements Otherwise {}

        record NoHealth() implements Otherwise {}
    }

    boolean isGlob() {
        return group.startsWith("*");
    }

    boolean matches(GroupKind kind) {
        boolean ofGroup = isGlob()
                ? kind.group().endsWith(group.substring(1))
                : kind.group().equals(group);
        return ofGroup && (kinds.isEmpty() || kinds.contains(kind.kind()));
    }
}
