package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One attempt of an application (SEMANTICS 10), without its reports.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}; grows when a field is added
 * @param id 1, 2, 3 … in the order of recording; never given twice
 * @param revision full commit id, or empty when the source was a plain folder
 * @param author of the commit, empty when unknown; {@code subject} is the first line of its message
 * @param cause who or what started it, for people
 * @param result a {@link io.jenkins.plugins.gitops.engine.report.SyncReport.Result}, or for a check an
 *     {@link io.jenkins.plugins.gitops.engine.model.ApplicationVerdict}, by name
 * @param health the worst of the objects at the end; null when it was not looked at
 * @param counts how many objects there are of each action, or of each verdict of a check
 * @param set what was wanted, in the history's own name for it; empty when that is not kept
 * @param restored the attempt whose set a rollback applied; 0 otherwise
 * @param lastTime when the same was found last; differs from {@code time} only when {@code times} is more than 1
 * @param times how many consecutive checks with the same finding this entry stands for
 */
public record Attempt(
        int schemaVersion,
        int id,
        Kind kind,
        String application,
        String revision,
        String author,
        String subject,
        String cause,
        Instant time,
        long durationMs,
        String result,
        HealthStatus health,
        String message,
        Map<String, Integer> counts,
        String set,
        int restored,
        String finding,
        Instant lastTime,
        int times) {
    public static final int SCHEMA_VERSION = 1;

    /** What was attempted. */
    public enum Kind {
        sync,
        heal,
        rollback,
        check,
        dryRun,
        delete
    }

    public Attempt {
        counts = new TreeMap<>(counts);
    }

    /** Whether it ended as it was meant to and its set is what ran afterwards: what can be rolled back to. */
    public boolean isRestorable() {
        return !set.isEmpty() && kind != Kind.check && kind != Kind.dryRun && result.equals("Succeeded");
    }

    /**
     * One that is not recorded yet, of which nothing more is known.
     *
     * @param time when it started
     */
    public static Builder draft(Kind kind, String application, String cause, Instant time) {
        return new Builder(kind, application, cause, time);
    }

    /** The same as it is recorded. */
    Attempt recorded(int number, String wanted) {
        Builder recorded = new Builder(this);
        recorded.id = number;
        recorded.set = wanted;
        return recorded.build();
    }

    /** Whether the later one found nothing new: both are checks, of one revision, with one finding. */
    boolean isRepeatedBy(Attempt later) {
        return kind == Kind.check
                && later.kind == Kind.check
                && revision.equals(later.revision)
                && result.equals(later.result)
                && health == later.health
                && finding.equals(later.finding);
    }

    /** @param when never taken for earlier than it was known before: a clock may have been set back */
    Attempt seenAgain(Instant when) {
        Builder again = new Builder(this);
        again.lastTime = when.isBefore(lastTime) ? lastTime : when;
        again.times = times + 1;
        return again.build();
    }

    /** An attempt in the making. */
    public static final class Builder {
        private int id;
        private final Kind kind;
        private final String application;
        private String revision = "";
        private String author = "";
        private String subject = "";
        private final String cause;
        private final Instant time;
        private long durationMs;
        private String result;
        private HealthStatus health;
        private String message = "";
        private Map<String, Integer> counts = Map.of();
        private String set = "";
        private int restored;
        private String finding = "";
        private Instant lastTime;
        private int times = 1;

        private Builder(Kind kind, String application, String cause, Instant time) {
            this.kind = kind;
            this.application = application;
            this.cause = cause;
            this.time = time;
            this.lastTime = time;
        }

        private Builder(Attempt from) {
            id = from.id;
            kind = from.kind;
            application = from.application;
            revision = from.revision;
            author = from.author;
            subject = from.subject;
            cause = from.cause;
            time = from.time;
            durationMs = from.durationMs;
            result = from.result;
            health = from.health;
            message = from.message;
            counts = from.counts;
            set = from.set;
            restored = from.restored;
            finding = from.finding;
            lastTime = from.lastTime;
            times = from.times;
        }

        public Builder commit(String revision, String author, String subject) {
            this.revision = revision;
            this.author = author;
            this.subject = subject;
            return this;
        }

        /** How it ended. */
        public Builder ended(String result, String message, long durationMs) {
            this.result = result;
            this.message = message;
            this.durationMs = durationMs;
            return this;
        }

        public Builder health(HealthStatus health) {
            this.health = health;
            return this;
        }

        public Builder counts(Map<String, Integer> counts) {
            this.counts = Map.copyOf(counts);
            return this;
        }

        public Builder restored(int attempt) {
            this.restored = attempt;
            return this;
        }

        public Builder finding(String finding) {
            this.finding = finding;
            return this;
        }

        public Attempt build() {
            return new Attempt(
                    SCHEMA_VERSION,
                    id,
                    kind,
                    application,
                    revision,
                    author,
                    subject,
                    cause,
                    time,
                    durationMs,
                    result,
                    health,
                    message,
                    counts,
                    set,
                    restored,
                    finding,
                    lastTime,
                    times);
        }
    }
}
