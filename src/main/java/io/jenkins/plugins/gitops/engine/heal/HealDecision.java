package io.jenkins.plugins.gitops.engine.heal;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done about drifted objects.
 *
 * @param due those to heal now
 * @param later those that came back too soon after they were healed, and when they are healed again
 * @param fights those that somebody else wants otherwise; they are healed no more, unless they are due or later all the same
 */
public record HealDecision(Set<ResourceKey> due, Map<ResourceKey, Instant> later, List<Fight> fights) {
    public HealDecision {
        due = Collections.unmodifiableSet(new LinkedHashSet<>(due));
        later = Collections.unmodifiableMap(new LinkedHashMap<>(later));
        fights = List.copyOf(fights);
    }

    /**
     * Somebody else wants fields of an object otherwise.
     *
     * @param fields their paths; one empty text when it is the object as a whole
     * @param managers who wrote the differing fields; empty when the server does not tell
     * @param goesOn whether it is healed all the same
     */
    public record Fight(ResourceKey object, List<String> fields, int returns, List<String> managers, boolean goesOn) {
        public Fight {
            fields = List.copyOf(fields);
            managers = List.copyOf(managers);
        }

        /** One sentence for the person who must decide. */
        public String message() {
            String what = (object + " " + String.join(", ", fields)).strip();
            return what + " came back " + returns + " times"
                    + (managers.isEmpty() ? "" : "; written by " + String.join(", ", managers))
                    + (goesOn
                            ? ". It is healed every 5 minutes from now on"
                            : ". Healing of it stops until it stays as Git says")
                    + ": find out who else wants it, and let one of them go.";
        }
    }
}
