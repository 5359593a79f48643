package io.jenkins.plugins.gitops.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times for people: exact and in UTC, and how long ago that is. */
record Moments(Instant now) {
    String exact(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String withAge(Instant time) {
        Duration age = Duration.between(time, now);
        return exact(time) + (age.isNegative() || age.toSeconds() < 1 ? "" : " (" + spoken(age) + " ago)");
    }

    private static String spoken(Duration age) {
        return Durations.spoken(Duration.ofSeconds(age.toSeconds())).replace(".0", "");
    }
}
