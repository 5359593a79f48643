package io.jenkins.plugins.gitops.importing;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fields in which two values of the engine's model differ: what was asked for, and what an item will do. It looks at every
 * component there is, so that a field that the model gets one day cannot get lost silently either.
 */
final class LostFields {
    /** What application files call a component that is called otherwise. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("ignore", "compare.ignore"),
            Map.entry("severities", "compare.severity"),
            Map.entry("substitution", "substitute"),
            Map.entry("awaitHealth", "wait"),
            Map.entry("healsInFights", "onFight"),
            Map.entry("trustedKeys", "verify.keys"),
            Map.entry("others", "sources"),
            Map.entry("includeCrds", "includeCRDs"),
            Map.entry("firstPause", "backoff.duration"),
            Map.entry("factor", "backoff.factor"),
            Map.entry("longestPause", "backoff.maxDuration"));

    private final List<String> paths = new ArrayList<>();

    private LostFields() {}

    /** As {@code spec.source.helm.values}, in the order of the model. */
    static List<String> between(Record wanted, Record held) {
        LostFields lost = new LostFields();
        lost.components("spec", wanted, held);
        return List.copyOf(lost.paths);
    }

    private void compare(String path, Object wanted, Object held) {
        if (Objects.equals(wanted, held)) {
            return;
        }
        if (wanted instanceof Record one && held instanceof Record other && one.getClass() == other.getClass()) {
            components(path, one, other);
        } else if (wanted instanceof Map<?, ?> one && held instanceof Map<?, ?> other) {
            keys(path, one, other);
        } else if (wanted instanceof List<?> one && held instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(path + "[" + i + "]", one.get(i), other.get(i));
            }
        } else {
            paths.add(path);
        }
    }

    private void components(String path, Record wanted, Record held) {
        for (RecordComponent component : wanted.getClass().getRecordComponents()) {
            String name = component.getName();
            compare(path + "." + WORDS.getOrDefault(name, name), value(component, wanted), value(component, held));
        }
    }

    private void keys(String path, Map<?, ?> wanted, Map<?, ?> held) {
        Set<String> keys = new TreeSet<>();
        wanted.keySet().forEach(key -> keys.add(key.toString()));
        held.keySet().forEach(key -> keys.add(key.toString()));
        for (String key : keys) {
            compare(path + "." + key, wanted.get(key), held.get(key));
        }
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of the engine's own model", e);
        }
    }
}
