package io.jenkins.plugins.gitops.engine.heal;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which fields of one application were healed, how often and when last, and what follows for those that drifted again: an
 * object is healed at once, then 2, 6, 18 and 54 s after the last time, while the same field keeps coming back; the sixth
 * return is a fight, and that object is healed no more until the field was seen to stay as Git says, or, when the pace says so,
 * every five minutes. A value; the host keeps it between runs.
 *
 * @param fields by the object's key and the field's path; the key alone where the object as a whole was missing or extra
 */
public record HealHistory(int schemaVersion, Map<String, Healed> fields) {
    public static final HealHistory EMPTY = new HealHistory(DriftReport.SCHEMA_VERSION, Map.of());

    private static final int FIGHT = HealPace.DEFAULT.pauses().size();
    /** A field that is as Git says, so long after it was healed, did not come back; its next drift is a new one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** How often, and when last. */
    public record Healed(int times, Instant last) {}

    public HealHistory {
        fields = Map.copyOf(fields);
    }

    /** What may be healed now, at the usual pace. */
    public HealDecision decide(DriftReport drift, Instant now) {
        return decide(drift, now, HealPace.DEFAULT);
    }

    /** What may be healed now. */
    public HealDecision decide(DriftReport drift, Instant now, HealPace pace) {
        Set<ResourceKey> due = new LinkedHashSet<>();
        Map<ResourceKey, Instant> later = new LinkedHashMap<>();
        List<HealDecision.Fight> fights = new ArrayList<>();
        for (ObjectDrift object : drift.objects()) {
            Set<String> names = names(object);
            List<String> fought = names.stream()
                    .filter(name -> times(name) >= FIGHT)
                    .map(name -> field(object, name))
                    .toList();
            Instant next = names.stream()
                    .map(name -> next(name, now, pace))
                    .max(Instant::compareTo)
                    .orElse(now);
            if (!fought.isEmpty()) {
                fights.add(new HealDecision.Fight(object.key(), fought, FIGHT + 1, managers(object), pace.goesOn()));
            }
            if (!names.isEmpty() && (fought.isEmpty() || pace.goesOn())) {
                if (next.isAfter(now)) {
                    later.put(object.key(), next);
                } else {
                    due.add(object.key());
                }
            }
        }
        return new HealDecision(due, later, fights);
    }

    /**
     * What is known after a comparison too, healed or not. What was healed later than now was healed before the clock was set back:
     * it counts from now on, for its own time may be years away.
     */
    public HealHistory seen(DriftReport drift, Instant now) {
        Set<String> drifted = new HashSet<>();
        drift.objects().forEach(object -> drifted.addAll(names(object)));
        Map<String, Healed> next = new TreeMap<>(fields);
        next.entrySet()
                .removeIf(field -> !drifted.contains(field.getKey())
                        && field.getValue().last().plus(FORGOTTEN).isBefore(now));
        next.replaceAll((name, healed) -> healed.last().isAfter(now) ? new Healed(healed.times(), now) : healed);
        return new HealHistory(schemaVersion, next);
    }

    /** What is known after these of the drifted objects were healed. */
    public HealHistory healed(DriftReport drift, Set<ResourceKey> objects, Instant now) {
        Map<String, Healed> next = new TreeMap<>(fields);
        for (ObjectDrift object : drift.objects()) {
            if (objects.contains(object.key())) {
                names(object).forEach(name -> next.put(name, new Healed(times(name) + 1, now)));
            }
        }
        return new HealHistory(schemaVersion, next);
    }

    private int times(String name) {
        Healed healed = fields.get(name);
        return healed == null ? 0 : healed.times();
    }

    private Instant next(String name, Instant now, HealPace pace) {
        Healed healed = fields.get(name);
        if (healed == null) {
            return now;
        }
        Duration pause = healed.times() < FIGHT ? pace.pauses().get(healed.times()) : HealPace.IN_A_FIGHT;
        return healed.last().plus(pause);
    }

    private static Set<String> names(ObjectDrift object) {
        Set<String> names = new LinkedHashSet<>();
        if (object.verdict() == Verdict.InSync || object.verdict() == Verdict.Unknown) {
            return names;
        }
        if (object.fields().isEmpty()) {
            names.add(object.key().toString());
        }
        object.fields().forEach(field -> names.add(object.key() + " " + field.path()));
        return names;
    }

    private static String field(ObjectDrift object, String name) {
        return name.substring(object.key().toString().length()).strip();
    }

    private static List<String> managers(ObjectDrift object) {
        return object.fields().stream()
                .map(FieldDrift::manager)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
