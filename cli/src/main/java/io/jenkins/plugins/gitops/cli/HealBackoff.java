package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.FieldDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When drift may be undone (SEMANTICS 8): at once, then 2, 6, 18 and 54 s after the last time while the same field keeps
 * coming back; its sixth return is a fight with somebody, and healing stops.
 */
final class HealBackoff {
    private static final List<Duration> WAITS =
            Stream.of(0, 2, 6, 18, 54).map(Duration::ofSeconds).toList();
    /** A field that stayed away for so long did not come back; its next drift is a new one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final Map<String, Healed> fields = new HashMap<>();

    private record Healed(int times, Instant last) {}

    /** The earliest time to heal; empty when it is a fight. */
    Optional<Instant> next(DriftReport drift, Instant now) {
        fields.values().removeIf(healed -> healed.last().plus(FORGOTTEN).isBefore(now));
        Instant earliest = now;
        for (String field : drifted(drift)) {
            Healed before = fields.get(field);
            if (before == null) {
                continue;
            }
            if (before.times() >= WAITS.size()) {
                return Optional.empty();
            }
            Instant due = before.last().plus(WAITS.get(before.times()));
            earliest = due.isAfter(earliest) ? due : earliest;
        }
        return Optional.of(earliest);
    }

    void healed(DriftReport drift, Instant now) {
        for (String field : drifted(drift)) {
            Healed before = fields.get(field);
            fields.put(field, new Healed(before == null ? 1 : before.times() + 1, now));
        }
    }

    /** Which fields are fought for, and who the others are. */
    String fight(DriftReport drift) {
        List<String> fought = drift.objects().stream()
                .flatMap(object -> names(object).stream()
                        .filter(field ->
                                fields.containsKey(field) && fields.get(field).times() >= WAITS.size()))
                .toList();
        List<String> managers = drift.objects().stream()
                .flatMap(object -> object.fields().stream())
                .map(FieldDrift::manager)
                .filter(manager -> manager != null)
                .distinct()
                .toList();
        return String.join(", ", fought) + " came back " + (WAITS.size() + 1) + " times"
                + (managers.isEmpty() ? "" : "; written by " + String.join(", ", managers))
                + ". Healing stops until it changes: find out who else wants this field, and let one of them go.";
    }

    private static List<String> drifted(DriftReport drift) {
        return drift.objects().stream()
                .flatMap(object -> names(object).stream())
                .toList();
    }

    private static List<String> names(ObjectDrift object) {
        if (object.verdict() == Verdict.InSync || object.verdict() == Verdict.Unknown) {
            return List.of();
        }
        return object.fields().isEmpty()
                ? List.of(object.key().toString())
                : object.fields().stream()
                        .map(field -> object.key() + " " + field.path())
                        .toList();
    }
}
