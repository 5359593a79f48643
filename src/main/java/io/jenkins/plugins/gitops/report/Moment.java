package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Date;

/** A time as people read it: how long ago, and exactly, with the zone. */
public record Moment(Instant time, Instant now) {
    static Moment of(long millis, Instant now) {
        return new Moment(Instant.ofEpochMilli(millis), now);
    }

    /** Such as {@code 4 minutes ago}. */
    public String getAgo() {
        return Duration.between(time, now).toSeconds() < 5 ? Messages.Moment_Now() : Messages.Moment_Ago(getAge());
    }

    /** Such as {@code 4 minutes}. */
    public String getAge() {
        long seconds = Math.max(0, Duration.between(time, now).toSeconds());
        if (seconds < 60) {
            return Messages.Moment_Seconds(seconds);
        }
        if (seconds < 3600) {
            return Messages.Moment_Minutes(seconds / 60);
        }
        return seconds < 48 * 3600 ? Messages.Moment_Hours(seconds / 3600) : Messages.Moment_Days(seconds / 86400);
    }

    public String getExact() {
        return written(FormatStyle.MEDIUM, true);
    }

    /** The time from this one to another, which says neither a date that is this one's too, nor the zone twice. */
    Interval to(Moment end) {
        return new Interval(
                written(FormatStyle.MEDIUM, false), end.written(isSameDay(end) ? null : FormatStyle.MEDIUM, true));
    }

    /** Both ends of an interval as text. */
    record Interval(String begin, String end) {}

    private boolean isSameDay(Moment other) {
        ZoneId zone = ZoneId.systemDefault();
        return LocalDate.ofInstant(time, zone).equals(LocalDate.ofInstant(other.time, zone));
    }

    /** @param date null for the time alone */
    private String written(@CheckForNull FormatStyle date, boolean zone) {
        DateTimeFormatterBuilder form = new DateTimeFormatterBuilder().appendLocalized(date, FormatStyle.MEDIUM);
        if (zone) {
            form.appendLiteral(' ').appendZoneText(TextStyle.SHORT);
        }
        return form.toFormatter(Functions.getCurrentLocale())
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    /** For formatting in the viewer's zone, which pages know. */
    public Date getDate() {
        return Date.from(time);
    }

    /** For machines. */
    public String getIso() {
        return time.toString();
    }

    public long getMillis() {
        return time.toEpochMilli();
    }
}
