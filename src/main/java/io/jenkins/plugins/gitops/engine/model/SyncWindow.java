package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A time in which applications may be synced, or may not (SEMANTICS 8).
 *
 * @param schedule when it begins, by the wall clock of the time zone
 * @param duration how long it is open after each beginning: time that passes, whatever clocks are set to meanwhile
 * @param applications globs of names ({@code *} any text, {@code ?} one character); with those of namespaces and clusters: it is
 *     for what any of them matches, and for every application when there is none at all
 * @param manualSync what somebody asks for by hand goes through although this window forbids it
 */
public record SyncWindow(
        Kind kind,
        CronSchedule schedule,
        Duration duration,
        ZoneId timeZone,
        boolean manualSync,
        List<String> applications,
        List<String> namespaces,
        List<String> clusters)
        implements Serializable {
    /** What it does while it is open. */
    public enum Kind {
        /** Syncs are for this time; outside of all of its kind there are none. */
        allow,
        /** No syncs. */
        deny
    }

    /** One time in which it is open: from the start, without the end. */
    public record Opening(Instant start, Instant end) {}

    public SyncWindow {
        applications = List.copyOf(applications);
        namespaces = List.copyOf(namespaces);
        clusters = List.copyOf(clusters);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a sync window is open for some time");
        }
    }

    /** For every application that it is given to. */
    public SyncWindow(Kind kind, CronSchedule schedule, Duration duration, ZoneId timeZone, boolean manualSync) {
        this(kind, schedule, duration, timeZone, manualSync, List.of(), List.of(), List.of());
    }

    public boolean matches(Application application) {
        boolean isForAll = applications.isEmpty() && namespaces.isEmpty() && clusters.isEmpty();
        return isForAll
                || any(applications, application.name())
                || any(namespaces, application.destination().namespace())
                || any(clusters, application.destination().cluster());
    }

    /** The opening at this moment; that which lasts longest when several overlap. */
    public Optional<Opening> open(Instant now) {
        return schedule.last(now, now.minus(duration), timeZone).map(this::from);
    }

    /** The first one that begins after this moment. */
    public Optional<Opening> next(Instant after) {
        return schedule.next(after, timeZone).map(this::from);
    }

    private Opening from(Instant start) {
        return new Opening(start, start.plus(duration));
    }

    private static boolean any(List<String> globs, String text) {
        return globs.stream().anyMatch(glob -> Glob.matches(glob, text));
    }

    /** For people: {@code deny 0 8 * * 1-5 for 9h, Europe/Berlin}. */
    @Override
    public String toString() {
        return kind + " " + schedule + " for " + GoDuration.text(duration) + ", " + timeZone;
    }
}
