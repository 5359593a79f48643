package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
    /** The next times after a moment, each with the offset that the clock has then. */
    @ParameterizedTest(name = "{0} in {1} after {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # Central Europe: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
            30 2 * * *    | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00
            0 2 * * *     | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            0 2,3 * * *   | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            */30 2 * * *  | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-30T02:00+02:00 2026-03-30T02:30+02:00
            30 * * * *    | Europe/Berlin       | 2026-03-29T00:00+01:00 | 2026-03-29T00:30+01:00 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00
            30 2 * * *    | Europe/Berlin       | 2026-10-24T12:00+02:00 | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            0 3 * * *     | Europe/Berlin       | 2026-10-24T12:00+02:00 | 2026-10-25T03:00+01:00 2026-10-26T03:00+01:00
            30 * * * *    | Europe/Berlin       | 2026-10-25T01:00+02:00 | 2026-10-25T01:30+02:00 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00
            */30 2 * * *  | Europe/Berlin       | 2026-10-25T00:00+02:00 | 2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-25T02:00+01:00 2026-10-25T02:30+01:00
            # New York: 02:00 becomes 03:00 on 8 March 2026, and 02:00 becomes 01:00 on 1 November.
            15 2 * * 0    | America/New_York    | 2026-03-07T12:00-05:00 | 2026-03-08T03:00-04:00 2026-03-15T02:15-04:00
            0 1 * * *     | America/New_York    | 2026-10-31T12:00-04:00 | 2026-11-01T01:00-04:00 2026-11-02T01:00-05:00
            # Lord Howe: half an hour. 02:00 becomes 02:30 on 4 October 2026, and 02:00 becomes 01:30 on 5 April.
            15 2 * * *    | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00
            45 1 * * *    | Australia/Lord_Howe | 2026-04-04T12:00+11:00 | 2026-04-05T01:45+11:00 2026-04-06T01:45+10:30
            45 * * * *    | Australia/Lord_Howe | 2026-04-05T01:00+11:00 | 2026-04-05T01:45+11:00 2026-04-05T01:45+10:30 2026-04-05T02:45+10:30
            # Chile: midnight becomes 01:00 on 6 September 2026, and midnight becomes 23:00 on 5 April, a second 4 April.
            0 0 * * *     | America/Santiago    | 2026-09-05T12:00-04:00 | 2026-09-06T01:00-03:00 2026-09-07T00:00-03:00
            30 23 * * *   | America/Santiago    | 2026-04-04T12:00-03:00 | 2026-04-04T23:30-03:00 2026-04-05T23:30-04:00
            30 23 * * *   | America/Santiago    | 2026-04-04T23:45-03:00 | 2026-04-05T23:30-04:00
            # Samoa had no 30 December 2011.
            0 12 30 12 *  | Pacific/Apia        | 2011-12-29T12:00-10:00 | 2011-12-31T00:00+14:00
            # Leap days.
            0 12 29 2 *   | UTC                 | 2026-01-01T00:00Z      | 2028-02-29T12:00Z 2032-02-29T12:00Z
            0 12 29 2 *   | UTC                 | 2097-01-01T00:00Z      | 2104-02-29T12:00Z
            0 0 */28 2 1  | UTC                 | 2027-02-02T00:00Z      | 2038-02-01T00:00Z
            0 0 31 * *    | UTC                 | 2026-03-31T00:00Z      | 2026-05-31T00:00Z 2026-07-31T00:00Z
            # A restricted day of the month or a restricted day of the week; both when one begins with a star.
            0 0 13 * 5    | UTC                 | 2026-11-07T00:00Z      | 2026-11-13T00:00Z 2026-11-20T00:00Z
            0 0 10 * 5    | UTC                 | 2026-11-07T00:00Z      | 2026-11-10T00:00Z 2026-11-13T00:00Z
            0 0 */2 * 5   | UTC                 | 2026-11-07T00:00Z      | 2026-11-13T00:00Z 2026-11-27T00:00Z
            # Forms.
            5/20 22 * * 7 | UTC                 | 2026-11-24T00:00Z      | 2026-11-29T22:05Z 2026-11-29T22:25Z 2026-11-29T22:45Z
            0 9 ? NOV mon-WED,fri | UTC         | 2026-11-24T00:00Z      | 2026-11-24T09:00Z 2026-11-25T09:00Z 2026-11-27T09:00Z
            0 8-18/5 * * * | UTC                | 2026-11-24T00:00Z      | 2026-11-24T08:00Z 2026-11-24T13:00Z 2026-11-24T18:00Z
            @daily        | UTC                 | 2026-11-24T00:00Z      | 2026-11-25T00:00Z
            @Weekly       | UTC                 | 2026-11-24T00:00Z      | 2026-11-29T00:00Z
            """)
    void itComesNext(String schedule, ZoneId zone, OffsetDateTime after, String times) {
        CronSchedule parsed = CronSchedule.parse(schedule);
        List<String> expected = List.of(times.split(" "));
        List<String> found = new ArrayList<>();
        Instant now = after.toInstant();
        for (int i = 0; i < expected.size(); i++) {
            Instant next = parsed.next(now, zone).orElseThrow();
            assertThat(parsed.last(next, now, zone)).hasValue(next);
            assertThat(parsed.last(next.minusNanos(1), now, zone)).isEmpty();
            found.add(next.atZone(zone).toOffsetDateTime().toString());
            now = next;
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 0 * *       | has five fields (minute, hour, day of month, month, day of week), such as "0 22 * * 1-5", but this one has 4
            0 0 0 * * *   | but this one has 6
            ` `           | but this one has 0
            60 * * * *    | the minute "60" is wrong: "60" is not from 0 to 59
            0 24 * * *    | the hour "24" is wrong: "24" is not from 0 to 23
            0 0 0 * *     | the day of month "0" is wrong: "0" is not from 1 to 31
            0 0 * 13 *    | the month "13" is wrong: "13" is not from 1 to 12, nor one of jan, feb
            0 0 * * 8     | the day of week "8" is wrong
            0 0 * * moon  | "moon" is not from 0 to 7, nor one of sun, mon
            0 22-4 * * *  | "22-4" is no range from a value to a later one; two ranges with a comma between go over the end
            */0 * * * *   | the step "0" must be a number from 1 on
            1/2/3 * * * * | one step is enough
            1,, * * * *   | "" is not from 0 to 59
            1-2-3 * * * * | is no range
            -1 * * * *    | "" is not from 0 to 59
            0 0 L * *     | "L" is not from 1 to 31
            H 0 * * *     | "H" is not from 0 to 59
            0 0 30 2 *    | never comes: no such month has such a day
            0 0 31 4,6 *  | never comes
            @every 5m     | of the nicknames there are @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly
            @reboot       | of the nicknames there are
            """)
    void whatIsWrongIsSaid(String schedule, String message) {
        assertThatThrownBy(() -> CronSchedule.parse(schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** Against the definition itself, minute by minute. */
    @Test
    void itComesWheneverAllFieldsHaveWhatTheClockShows() {
        Random random = new Random(20261124);
        for (int i = 0; i < 300; i++) {
            String text = String.join(
                    " ",
                    one(random, "*", "0", "30", "*/7", "1-5", "0,59"),
                    one(random, "*", "0", "23", "*/5", "22-23", "8-17"),
                    one(random, "*", "1", "28", "27-31", "*/10", "13"),
                    one(random, "*", "2", "1-3", "12", "4"),
                    one(random, "*", "1-5", "0", "6", "2,4"));
            CronSchedule schedule = CronSchedule.parse(text);
            LocalDateTime start = LocalDateTime.of(2027 + random.nextInt(2), 1 + random.nextInt(12), 1, 0, 0)
                    .plusMinutes(random.nextInt(40_000));
            LocalDateTime expected = Stream.iterate(start.plusMinutes(1), time -> next(text, time))
                    .filter(time -> has(text, time))
                    .findFirst()
                    .orElseThrow();
            assertThat(schedule.next(start.toInstant(ZoneOffset.UTC), ZoneOffset.UTC))
                    .as(text + " after " + start)
                    .hasValue(expected.toInstant(ZoneOffset.UTC));
        }
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The next minute; the next day, where this one has none. */
    private static LocalDateTime next(String text, LocalDateTime time) {
        return isDay(text.split(" "), time)
                ? time.plusMinutes(1)
                : time.toLocalDate().plusDays(1).atStartOfDay();
    }

    private static boolean has(String text, LocalDateTime time) {
        String[] fields = text.split(" ");
        return isDay(fields, time) && has(fields[0], 0, time.getMinute()) && has(fields[1], 0, time.getHour());
    }

    private static boolean isDay(String[] fields, LocalDateTime time) {
        boolean day = has(fields[2], 1, time.getDayOfMonth());
        boolean weekday = has(fields[4], 0, time.getDayOfWeek().getValue() % 7);
        boolean restricted = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        return has(fields[3], 1, time.getMonthValue()) && (restricted ? day || weekday : day && weekday);
    }

    private static boolean has(String field, int least, int value) {
        if (field.startsWith("*")) {
            return (value - least) % (field.length() == 1 ? 1 : Integer.parseInt(field.substring(2))) == 0;
        }
        return Stream.of(field.split(",")).anyMatch(part -> {
            String[] ends = part.split("-");
            return Integer.parseInt(ends[0]) <= value && value <= Integer.parseInt(ends[ends.length - 1]);
        });
    }
}
