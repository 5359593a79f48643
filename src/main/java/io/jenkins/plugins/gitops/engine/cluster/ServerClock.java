package io.jenkins.plugins.gitops.engine.cluster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The API server's time, learned from the {@code Date} of its answers: two controllers whose own clocks differ agree on it.
 * Within a second, which is what that header can tell.
 */
final class ServerClock {
    private volatile Duration ahead = Duration.ZERO;
    private volatile String last = "";

    Instant now() {
        return Instant.now().plus(ahead);
    }

    /** @param date as the header has it (RFC 9110); null, or what is no date, teaches nothing */
    void learn(String date) {
        if (date == null || date.equals(last)) {
            return;
        }
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            ahead = Duration.between(Instant.now(), server);
            last = date;
        } catch (DateTimeException e) {
            last = date;
        }
    }
}
