package io.jenkins.plugins.gitops.report;

import hudson.Functions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.TimeZone;

/** A time as people read it: how long ago, and exactly, in the viewer's zone. */
public record Moment(Instant time, Instant now) {
    static Moment of(long millis, Instant now) {
        return new Moment(Instant.ofEpochMilli(millis), now);
    }

    /** Such as {@code 4 minutes ago}. */
    public String getAgo() {
        long seconds = Duration.between(time, now).toSeconds();
        if (seconds < 5) {
            return Messages.Moment_Now();
        }
        if (seconds < 60) {
            return Messages.Moment_Seconds(seconds);
        }
        if (seconds < 3600) {
            return Messages.Moment_Minutes(seconds / 60);
        }
        return seconds < 48 * 3600 ? Messages.Moment_Hours(seconds / 3600) : Messages.Moment_Days(seconds / 86400);
    }

    public String getExact() {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(Functions.getCurrentLocale())
                .withZone(zone())
                .format(time);
    }

    /** For machines. */
    public String getIso() {
        return time.toString();
    }

    public long getMillis() {
        return time.toEpochMilli();
    }

    private static ZoneId zone() {
        String chosen = Functions.getUserTimeZone();
        return chosen == null
                ? ZoneId.systemDefault()
                : TimeZone.getTimeZone(chosen).toZoneId();
    }
}
