package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times of the wall clock as crontab(5) writes them, and as Argo CD's sync windows take them: minute, hour, day of month, month,
 * day of week, or a nickname such as {@code @daily}. When both days are restricted either is enough; a day that begins with
 * {@code *} does not count as restricted.
 *
 * <p>Where the clock is set forward or back, a time with a fixed minute and hour comes once on every day that has it: at the
 * moment of the change when the clock jumps over it, and the first time when the clock shows it twice. A schedule that repeats,
 * for its minute or its hour begins with {@code *}, comes whenever the clock shows such a time.
 */
public final class CronSchedule implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    /** A 29 February that is a Monday comes after 40 years at the latest, within one century. */
    private static final int LONGEST_SEARCH_IN_DAYS = 41 * 366;

    private static final LocalDate ANY_DATE = LocalDate.of(2001, 1, 1);
    private static final int SUNDAY = 7;

    private final String text;
    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;

    private CronSchedule(String text, String... fields) {
        this.text = text;
        minutes = CronField.of("minute", fields[0], 0, 59, List.of());
        hours = CronField.of("hour", fields[1], 0, 23, List.of());
        days = CronField.of("day of month", fields[2], 1, 31, List.of());
        months = CronField.of(
                "month",
                fields[3],
                1,
                12,
                List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
        weekdays = CronField.of(
                "day of week", fields[4], 0, SUNDAY, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));
    }

    /** @throws IllegalArgumentException saying what is wrong, also when there is no such day in any year */
    public static CronSchedule parse(String text) {
        String written = text.strip();
        String expression = NICKNAMES.getOrDefault(written.toLowerCase(Locale.ROOT), written);
        if (expression.startsWith("@")) {
            throw new IllegalArgumentException("\"" + written + "\" is no schedule: of the nicknames there are "
                    + String.join(", ", NICKNAMES.keySet().stream().sorted().toList()));
        }
        String[] fields = expression.split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("\"" + written
                    + "\" is no schedule: it has five fields (minute, hour, day of month, month, day of week), such as"
                    + " \"0 22 * * 1-5\", but this one has " + (expression.isEmpty() ? 0 : fields.length));
        }
        CronSchedule schedule = new CronSchedule(written, fields);
        if (schedule.next(ANY_DATE.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC)
                .isEmpty()) {
            throw new IllegalArgumentException("\"" + written + "\" never comes: no such month has such a day");
        }
        return schedule;
    }

    /** The first time after this moment; empty when there is none in the next 41 years. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(after, zone);
        // With the neighbours, for a clock may be set back over midnight.
        Optional<Instant> near =
                around(today, zone).filter(time -> time.isAfter(after)).min(Comparator.naturalOrder());
        for (int i = 2; near.isEmpty() && i < LONGEST_SEARCH_IN_DAYS; i++) {
            near = on(today.plusDays(i), zone.getRules()).stream().findFirst();
        }
        return near;
    }

    /** The last time that is not after this moment, but after the other one. */
    public Optional<Instant> last(Instant until, Instant after, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(until, zone);
        LocalDate first = LocalDate.ofInstant(after, zone).minusDays(1);
        Optional<Instant> last =
                around(today, zone).filter(time -> !time.isAfter(until)).max(Comparator.naturalOrder());
        for (int i = 2; last.isEmpty() && !today.minusDays(i).isBefore(first); i++) {
            List<Instant> times = on(today.minusDays(i), zone.getRules());
            last = times.isEmpty() ? last : Optional.of(times.getLast());
        }
        return last.filter(time -> time.isAfter(after));
    }

    private Stream<Instant> around(LocalDate day, ZoneId zone) {
        return Stream.of(day.minusDays(1), day, day.plusDays(1)).flatMap(date -> on(date, zone.getRules()).stream());
    }

    /** The times of the day that the calendar calls so, in their order. */
    private List<Instant> on(LocalDate date, ZoneRules rules) {
        List<Instant> times = new ArrayList<>();
        if (!has(date)) {
            return times;
        }
        Optional<ZoneOffset> offset = offset(date, rules);
        for (int hour : hours.values()) {
            for (int minute : minutes.values()) {
                LocalDateTime local = date.atTime(hour, minute);
                if (offset.isPresent()) {
                    times.add(local.toInstant(offset.get()));
                } else {
                    times.addAll(moments(local, rules));
                }
            }
        }
        return times.stream().distinct().sorted().toList();
    }

    /** Of a day on which no clock is set. */
    private static Optional<ZoneOffset> offset(LocalDate date, ZoneRules rules) {
        Instant start = date.atStartOfDay().toInstant(ZoneOffset.MAX);
        ZoneOffsetTransition next = rules.nextTransition(start);
        boolean isQuiet = next == null
                || next.getInstant().isAfter(date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.MIN));
        return isQuiet ? Optional.of(rules.getOffset(start)) : Optional.empty();
    }

    private List<Instant> moments(LocalDateTime local, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        boolean repeats = minutes.isOpen() || hours.isOpen();
        if (offsets.isEmpty()) {
            return repeats ? List.of() : List.of(rules.getTransition(local).getInstant());
        }
        return offsets.stream()
                .limit(repeats ? offsets.size() : 1)
                .map(local::toInstant)
                .toList();
    }

    private boolean has(LocalDate date) {
        int weekday = date.getDayOfWeek().getValue();
        boolean day = days.has(date.getDayOfMonth());
        boolean week = weekdays.has(weekday) || weekday == SUNDAY && weekdays.has(0);
        boolean either = !days.isOpen() && !weekdays.isOpen();
        return months.has(date.getMonthValue()) && (either ? day || week : day && week);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronSchedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
