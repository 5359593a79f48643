package io.jenkins.plugins.gitops.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.CronSchedule;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.GoDuration;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.window.Admission.Who;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncWindowsTest {
    private static final String NONE = "never";

    /** Windows as "kind schedule for duration [zone] [manual]", several with a semicolon between; then what holds at a moment. */
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # None, and what does not apply.
            ''                                                      | 2026-11-24T12:00Z | everySync  | 2026-11-24T12:00Z
            deny 0 8 * * * for 1h                                   | 2026-11-24T12:00Z | everySync  | 2026-11-24T12:00Z
            # An open deny forbids, from its first moment on and no longer at its last.
            deny 0 8 * * * for 9h                                   | 2026-11-24T07:59:59Z | everySync | 2026-11-24T07:59:59Z
            deny 0 8 * * * for 9h                                   | 2026-11-24T08:00Z | nobody     | 2026-11-24T17:00Z
            deny 0 8 * * * for 9h                                   | 2026-11-24T16:59:59Z | nobody  | 2026-11-24T17:00Z
            deny 0 8 * * * for 9h                                   | 2026-11-24T17:00Z | everySync  | 2026-11-24T17:00Z
            deny 0 8 * * * for 9h manual                            | 2026-11-24T12:00Z | manualSync | 2026-11-24T17:00Z
            # All open ones must let a manual sync through; those that are closed have no say.
            deny 0 8 * * * for 9h manual; deny 0 10 * * * for 1h    | 2026-11-24T10:30Z | nobody     | 2026-11-24T17:00Z
            deny 0 8 * * * for 9h manual; deny 0 10 * * * for 1h    | 2026-11-24T11:30Z | manualSync | 2026-11-24T17:00Z
            # Denies one after the other, also over midnight.
            deny 0 20 * * * for 4h; deny 0 0 * * * for 6h           | 2026-11-24T21:00Z | nobody     | 2026-11-25T06:00Z
            deny 0 22 * * * for 8h                                  | 2026-11-25T01:00Z | nobody     | 2026-11-25T06:00Z
            # Allows: outside of them there is nothing.
            allow 0 22 * * 1-5 for 2h                               | 2026-11-24T12:00Z | nobody     | 2026-11-24T22:00Z
            allow 0 22 * * 1-5 for 2h                               | 2026-11-24T23:00Z | everySync  | 2026-11-24T23:00Z
            allow 0 22 * * 1-5 for 2h                               | 2026-11-28T12:00Z | nobody     | 2026-11-30T22:00Z
            allow 0 22 * * * for 2h manual                          | 2026-11-24T12:00Z | manualSync | 2026-11-24T22:00Z
            allow 0 22 * * * for 2h manual; allow 0 5 * * * for 1h  | 2026-11-24T12:00Z | nobody     | 2026-11-24T22:00Z
            # A deny stands over an allow, and an open allow over a closed one.
            allow 0 8 * * * for 9h; deny 0 12 * * * for 1h          | 2026-11-24T12:30Z | nobody     | 2026-11-24T13:00Z
            allow 0 8 * * * for 9h; deny 0 12 * * * for 1h          | 2026-11-24T13:00Z | everySync  | 2026-11-24T13:00Z
            allow 0 8 * * * for 4h; deny 0 12 * * * for 1h          | 2026-11-24T12:30Z | nobody     | 2026-11-25T08:00Z
            allow 0 8 * * * for 9h; allow 0 22 * * * for 1h         | 2026-11-24T09:00Z | everySync  | 2026-11-24T09:00Z
            allow 0 8 * * * for 1h; deny 0 12 * * * for 1h manual   | 2026-11-24T12:30Z | manualSync | 2026-11-25T08:00Z
            # One that opens again before it closes.
            deny 0 * * * * for 90m                                  | 2026-11-24T12:00Z | nobody     | never
            deny 0 8-10 * * * for 90m                               | 2026-11-24T09:15Z | nobody     | 2026-11-24T11:30Z
            deny * 8-16 * * * for 1m                                | 2026-11-24T08:00Z | nobody     | 2026-11-24T17:00Z
            # Leap days, and long ones.
            allow 0 0 29 2 * for 24h                                | 2026-11-24T12:00Z | nobody     | 2028-02-29T00:00Z
            deny 0 0 20 12 * for 336h                               | 2026-12-31T12:00Z | nobody     | 2027-01-03T00:00Z
            # The clock of the place; durations are time that passes.
            deny 0 8 * * * for 9h Europe/Berlin                     | 2026-07-01T06:30Z | nobody     | 2026-07-01T15:00Z
            deny 0 8 * * * for 9h Europe/Berlin                     | 2026-12-01T06:30Z | everySync  | 2026-12-01T06:30Z
            deny 0 22 * * * for 8h Europe/Berlin                    | 2026-03-28T22:00Z | nobody     | 2026-03-29T05:00Z
            deny 0 22 * * * for 8h Europe/Berlin                    | 2026-10-24T21:00Z | nobody     | 2026-10-25T04:00Z
            allow 30 2 * * * for 1h Europe/Berlin                   | 2026-03-29T00:30Z | nobody     | 2026-03-29T01:00Z
            allow 30 2 * * * for 1h Europe/Berlin                   | 2026-03-29T01:59Z | everySync  | 2026-03-29T01:59Z
            allow 30 2 * * * for 30m Europe/Berlin                  | 2026-10-25T00:30Z | everySync  | 2026-10-25T00:30Z
            allow 30 2 * * * for 30m Europe/Berlin                  | 2026-10-25T01:30Z | nobody     | 2026-10-26T01:30Z
            allow 0 2 * * * for 10m Europe/Berlin                   | 2026-10-25T01:05Z | nobody     | 2026-10-26T01:00Z
            allow 0 * * * * for 10m Europe/Berlin                   | 2026-10-25T01:05Z | everySync  | 2026-10-25T01:05Z
            allow */30 2 * * * for 10m Europe/Berlin                | 2026-03-29T00:30Z | nobody     | 2026-03-30T00:00Z
            allow 0 0 * * * for 6h Europe/Berlin; deny 30 2 * * * for 1h Europe/Berlin | 2026-03-29T01:00Z | nobody | 2026-03-29T02:00Z
            deny 0 0 29 2 * for 24h Europe/Berlin manual            | 2028-02-29T12:00Z | manualSync | 2028-02-29T23:00Z
            deny 0 22 28 2 * for 4h                                 | 2027-03-01T01:00Z | nobody     | 2027-03-01T02:00Z
            allow 0 1 * * * for 1h America/New_York                 | 2026-11-01T06:00Z | nobody     | 2026-11-02T06:00Z
            allow 15 2 * * * for 1h Australia/Lord_Howe             | 2026-10-03T15:30Z | everySync  | 2026-10-03T15:30Z
            """)
    void whoMaySyncAndUntilWhenNot(String windows, String at, Who who, String automaticOpening) {
        Instant now = instant(at);
        SyncWindows all = SyncWindows.of(application(windows(windows)));

        assertThat(all.at(now).who()).isEqualTo(who);
        assertThat(all.opening(now, false))
                .isEqualTo(Optional.of(automaticOpening)
                        .filter(text -> !text.equals(NONE))
                        .map(SyncWindowsTest::instant));
    }

    @Test
    void aManualSyncWaitsOnlyForWhatForbidsIt() {
        SyncWindows windows = SyncWindows.of(
                application(windows("deny 0 8 * * * for 9h manual; deny 0 10 * * * for 1h; allow 0 8 * * * for 12h")));

        assertThat(windows.opening(instant("2026-11-24T09:00Z"), true)).hasValue(instant("2026-11-24T09:00Z"));
        assertThat(windows.opening(instant("2026-11-24T10:30Z"), true)).hasValue(instant("2026-11-24T11:00Z"));
        assertThat(windows.opening(instant("2026-11-24T09:00Z"), false)).hasValue(instant("2026-11-24T17:00Z"));
    }

    @Test
    void aSentenceSaysWhichWindowForbidsItAndUntilWhenInItsOwnTime() {
        SyncWindows windows = SyncWindows.of(
                application(windows("deny 0 8 * * 1-5 for 9h Europe/Berlin manual; allow 0 22 * * * for 90m")));

        assertThat(windows.at(instant("2026-11-24T12:00Z")).why())
                .isEqualTo(
                        "shop may not be synced now but by hand: window \"deny 0 8 * * 1-5 for 9h, Europe/Berlin\" is"
                                + " open until 2026-11-24T17:00+01:00");
        assertThat(windows.at(instant("2026-11-24T17:00Z")).why())
                .isEqualTo("shop may not be synced now: window \"allow 0 22 * * * for 1h30m, UTC\" is closed until"
                        + " 2026-11-24T22:00Z");
    }

    @ParameterizedTest(name = "applications {0}, namespaces {1}, clusters {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            -,        -,    -,     true
            shop,     -,    -,     true
            sh*,      -,    -,     true
            blog,     -,    -,     false
            blog,     web,  -,     true
            blog,     x,    eas?,  true
            blog,     x,    west,  false
            -,        x,    -,     false
            -,        -,    east,  true
            """)
    void itIsForWhatAnyOfItsGlobsMatches(String applications, String namespaces, String clusters, boolean matches) {
        SyncWindow window = new SyncWindow(
                SyncWindow.Kind.deny,
                CronSchedule.parse("0 0 * * *"),
                Duration.ofDays(1),
                ZoneId.of("UTC"),
                false,
                list(applications),
                list(namespaces),
                list(clusters));

        Application application = application(List.of(window));
        assertThat(SyncWindows.of(application).all()).hasSize(matches ? 1 : 0);
        assertThat(SyncWindows.of(application).at(Instant.EPOCH).allows(false)).isEqualTo(!matches);
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static List<SyncWindow> windows(String text) {
        return Stream.of(text.split(";"))
                .filter(part -> !part.isBlank())
                .map(SyncWindowsTest::window)
                .toList();
    }

    private static SyncWindow window(String text) {
        String[] kind = text.strip().split(" ", 2);
        String[] halves = kind[1].split(" for ");
        List<String> rest = List.of(halves[1].split(" "));
        String zone =
                rest.stream().filter(word -> word.contains("/")).findFirst().orElse("UTC");
        return new SyncWindow(
                SyncWindow.Kind.valueOf(kind[0]),
                CronSchedule.parse(halves[0]),
                GoDuration.parse(rest.getFirst()).orElseThrow(),
                ZoneId.of(zone),
                rest.contains("manual"));
    }

    private static Application application(List<SyncWindow> windows) {
        return new Application(
                new UUID(0, 1),
                "shop",
                Source.of("https://git.example.com/shop.git", "", ""),
                new Destination("east", "web"),
                SyncPolicy.DEFAULT.withWindows(windows));
    }
}
