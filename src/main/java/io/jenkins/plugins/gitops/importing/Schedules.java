package io.jenkins.plugins.gitops.importing;

import io.jenkins.plugins.gitops.engine.model.GoDuration;
import java.time.Duration;

/** Intervals as schedules of Jenkins, which spread over the time by their {@code H}. */
final class Schedules {
    private static final String OTHERWISE = "H/5 * * * *";
    private static final long MINUTES_OF_HALF_AN_HOUR = 30;
    private static final long HOURS_OF_HALF_A_DAY = 12;

    private Schedules() {}

    /** @param interval as a Go duration; null for the default of five minutes */
    static String of(String interval) {
        return interval == null
                ? OTHERWISE
                : GoDuration.parse(interval).map(Schedules::of).orElse(OTHERWISE);
    }

    private static String of(Duration interval) {
        long minutes = interval.toMinutes();
        long hours = interval.toHours();
        if (minutes <= 1) {
            return "* * * * *";
        }
        if (minutes <= MINUTES_OF_HALF_AN_HOUR) {
            return "H/" + minutes + " * * * *";
        }
        if (hours <= 1) {
            return "H * * * *";
        }
        return hours <= HOURS_OF_HALF_A_DAY ? "H H/" + hours + " * * *" : "H H * * *";
    }
}
