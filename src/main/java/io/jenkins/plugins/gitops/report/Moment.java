package io.jenkins.plugins.gitops.report;

import hudson.Functions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Date;

/** A time as people read it: how long ago, and exactly, with the zone. */
public record Moment(Instant time, Instant now) {
    private static final DateTimeFormatter EXACT = new DateTimeFormatterBuilder()
            .appendLocalized(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
            .appendLiteral(' ')
            .appendZoneText(TextStyle.SHORT)
            .toFormatter();

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
        return EXACT.withLocale(Functions.getCurrentLocale())
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    /** As {@link #getExact}, without what another one, named after it, says too: the date of the same day, and the zone. */
    String getExactBefore(Moment other) {
        ZoneId zone = ZoneId.systemDefault();
        boolean sameDay = LocalDate.ofInstant(time, zone).equals(LocalDate.ofInstant(other.time, zone));
        DateTimeFormatter form = sameDay
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM);
        return form.withLocale(Functions.getCurrentLocale()).withZone(zone).format(time);
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
