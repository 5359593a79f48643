package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values of variables in manifests (SEMANTICS 2), as in Flux's {@code postBuild}. Without it {@code ${…}} is text like any
 * other.
 *
 * @param enabled whether variables are replaced at all
 * @param values by name; they win over those {@code from} objects
 * @param from objects of the destination whose data are values; later ones win over earlier ones
 */
public record Substitution(boolean enabled, Map<String, String> values, List<ValuesFrom> from) implements Serializable {
    public static final Substitution NONE = new Substitution(false, Map.of(), List.of());

    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_A-Za-z0-9]*");

    public Substitution {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        from = List.copyOf(from);
    }

    /** Whether a variable may have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Enabled, with these values over its own. */
    public Substitution with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others);
        return new Substitution(true, all, from);
    }

    /** What an object of values may be. */
    public enum Kind {
        ConfigMap,
        Secret
    }

    /**
     * An object in the destination's namespace.
     *
     * @param optional whether it may be missing
     */
    public record ValuesFrom(Kind kind, String name, boolean optional) implements Serializable {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }
}
