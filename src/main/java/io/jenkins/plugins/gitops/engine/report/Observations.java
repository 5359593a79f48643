package io.jenkins.plugins.gitops.engine.report;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What earlier reports of one application saw, so that a later one can say since when something is gone that leaves no trace
 * in the live object (SEMANTICS 12). A host keeps it between runs; {@link #EMPTY} is always a correct start, it only knows
 * less.
 *
 * @param objects by the text form of the resource key
 */
public record Observations(int schemaVersion, Map<String, Seen> objects) {
    public static final Observations EMPTY = new Observations(DriftReport.SCHEMA_VERSION, Map.of());

    /**
     * What was seen of one object.
     *
     * @param lastLive the last time that the object was in the cluster; null when never
     * @param gone when it went away; null while it is there
     * @param declared the fields that Git declared when it was last seen ({@link ObjectDrift#declared})
     * @param missingFields when each field went away that the live object lacks
     * @param differsSince the first of the consecutive reports that found it not as Git says; null while it is
     */
    public record Seen(
            Instant lastLive,
            ObservedBetween gone,
            String declared,
            Map<String, ObservedBetween> missingFields,
            Instant differsSince) {
        public static final Seen NEVER = new Seen(null, null, "", Map.of(), null);

        public Seen {
            missingFields = Map.copyOf(missingFields);
        }
    }

    public Observations {
        objects = Map.copyOf(objects);
    }

    public Seen of(ResourceKey key) {
        return objects.getOrDefault(key.toString(), Seen.NEVER);
    }

    /** Since when an object is known not to be as Git says, that is not so now. */
    public Instant differsSince(ResourceKey key, Instant now) {
        Instant since = of(key).differsSince();
        return since == null ? now : since;
    }

    /** When a desired object went missing that is missing now. */
    public ObservedBetween objectGone(ResourceKey key, Instant now) {
        Seen seen = of(key);
        return seen.gone() != null ? seen.gone() : new ObservedBetween(seen.lastLive(), now);
    }

    /**
     * When a desired field went missing that is missing now. It was there when the object was last seen only if Git declared
     * the same fields then and it was not missed.
     */
    public ObservedBetween fieldGone(ResourceKey key, String declared, String path, Instant now) {
        Seen seen = of(key);
        ObservedBetween known = seen.missingFields().get(path);
        if (known != null) {
            return known;
        }
        return new ObservedBetween(seen.declared().equals(declared) ? seen.lastLive() : null, now);
    }

    /** What is known after this report too; objects that it does not hold are forgotten. */
    public Observations after(DriftReport report) {
        Map<String, Seen> next = new LinkedHashMap<>();
        for (ObjectDrift object : report.objects()) {
            next.put(object.key().toString(), after(object, of(object.key()), report.time()));
        }
        return new Observations(DriftReport.SCHEMA_VERSION, next);
    }

    /**
     * What is known after a report that began with {@code before}, where another process may have kept something meanwhile: that stands,
     * for it is newer than what the report began with.
     */
    public Observations after(DriftReport report, Observations before) {
        Map<String, Seen> next = new LinkedHashMap<>(before.after(report).objects());
        for (Map.Entry<String, Seen> object : objects.entrySet()) {
            if (!object.getValue().equals(before.objects().get(object.getKey()))) {
                next.put(object.getKey(), object.getValue());
            }
        }
        next.keySet().removeIf(key -> before.objects().containsKey(key) && !objects.containsKey(key));
        return new Observations(DriftReport.SCHEMA_VERSION, next);
    }

    /** What is known after this sync too: what it wrote or found unchanged was there, whole, at its end. */
    public Observations after(SyncReport report) {
        if (report.dryRun()) {
            return this;
        }
        Instant end = report.time().plusMillis(report.durationMs());
        Map<String, Seen> next = new LinkedHashMap<>(objects);
        for (ObjectSync object : report.objects()) {
            if (object.hook()) {
                // It is compared with nothing.
                continue;
            }
            switch (object.action()) {
                case created, configured, unchanged, replaced ->
                    next.put(object.key().toString(), new Seen(end, null, object.declared(), Map.of(), null));
                case pruned, deleted -> next.remove(object.key().toString());
                case skipped, waiting, failed -> {
                    // Nothing new is known of it.
                }
            }
        }
        return new Observations(DriftReport.SCHEMA_VERSION, next);
    }

    private static Seen after(ObjectDrift object, Seen before, Instant now) {
        if (object.verdict() == Verdict.Unknown) {
            return new Seen(
                    before.lastLive(), before.gone(), before.declared(), before.missingFields(), object.firstSeen());
        }
        if (object.verdict() == Verdict.Missing) {
            return new Seen(
                    before.lastLive(),
                    object.observedBetween(),
                    before.declared(),
                    before.missingFields(),
                    object.firstSeen());
        }
        Map<String, ObservedBetween> missing = new LinkedHashMap<>();
        for (FieldDrift field : object.fields()) {
            if (field.change() == FieldDrift.Change.missing) {
                missing.put(field.path(), field.observedBetween());
            }
        }
        return new Seen(now, null, object.declared(), missing, object.firstSeen());
    }
}
