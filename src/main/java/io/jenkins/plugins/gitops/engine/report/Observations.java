package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What earlier reports of one application saw, so that a later one can say since when something is gone. A host keeps it
 * between runs; {@link #EMPTY} is always a correct start, it only knows less.
 *
 * @param objects by the text form of the resource key
 */
public record Observations(int schemaVersion, Map<String, Seen> objects) {
    public static final Observations EMPTY = new Observations(DriftReport.SCHEMA_VERSION, Map.of());

    /**
     * What was seen of one object.
     *
     * @param lastLive the last time that the object was in the cluster; null when never
     * @param firstGone the first report since then that missed it; null while it is there
     * @param lastInSync the last time that no field differed; null when never
     * @param missingFields for each field path that the live object lacks, the first report that missed it
     */
    public record Seen(Instant lastLive, Instant firstGone, Instant lastInSync, Map<String, Instant> missingFields) {
        public static final Seen NEVER = new Seen(null, null, null, Map.of());

        public Seen {
            missingFields = Map.copyOf(missingFields);
        }
    }

    public Observations {
        objects = Map.copyOf(objects);
    }

    public Seen of(Object key) {
        return objects.getOrDefault(key.toString(), Seen.NEVER);
    }

    /** What is known after this report too. */
    public Observations after(DriftReport report) {
        Map<String, Seen> next = new LinkedHashMap<>();
        for (ObjectDrift object : report.objects()) {
            Seen before = of(object.key());
            if (object.verdict() == Verdict.Unknown) {
                next.put(object.key().toString(), before);
            } else {
                next.put(object.key().toString(), after(object, before, report.time()));
            }
        }
        return new Observations(DriftReport.SCHEMA_VERSION, next);
    }

    private static Seen after(ObjectDrift object, Seen before, Instant now) {
        if (object.verdict() == Verdict.Missing) {
            Instant firstGone = before.firstGone() != null ? before.firstGone() : now;
            return new Seen(before.lastLive(), firstGone, before.lastInSync(), Map.of());
        }
        Map<String, Instant> missing = new LinkedHashMap<>();
        for (FieldDrift field : object.fields()) {
            if (field.change() == FieldDrift.Change.missing) {
                missing.put(field.path(), before.missingFields().getOrDefault(field.path(), now));
            }
        }
        Instant inSync = object.verdict() == Verdict.InSync ? now : before.lastInSync();
        return new Seen(now, null, inSync, missing);
    }
}
