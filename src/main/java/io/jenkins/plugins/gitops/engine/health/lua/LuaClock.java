package io.jenkins.plugins.gitops.engine.health.lua;

import static io.jenkins.plugins.gitops.engine.health.lua.LuaSandbox.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What Argo CD leaves of the library {@code os}: {@code time} and {@code date}. */
final class LuaClock {
    private static final Map<Character, String> FORMATS = Map.ofEntries(
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('c', "EEE MMM d HH:mm:ss yyyy"),
            Map.entry('d', "dd"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('m', "MM"),
            Map.entry('M', "mm"),
            Map.entry('p', "a"),
            Map.entry('S', "ss"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('x', "MM/dd/yy"),
            Map.entry('X', "HH:mm:ss"),
            Map.entry('y', "yy"),
            Map.entry('Y', "yyyy"),
            Map.entry('z', "xx"),
            Map.entry('Z', "zzz"));

    private LuaClock() {}

    static LuaTable table() {
        LuaTable table = new LuaTable();
        table.set("time", function(LuaClock::time));
        table.set("date", function(LuaClock::date));
        return table;
    }

    private static Varargs time(Varargs arguments) {
        if (arguments.isnoneornil(1)) {
            return LuaValue.valueOf((double) Instant.now().getEpochSecond());
        }
        LuaTable fields = arguments.checktable(1);
        try {
            LocalDateTime local = LocalDateTime.of(fields.get("year").checkint(), 1, 1, 0, 0)
                    .plusMonths(fields.get("month").checkint() - 1L)
                    .plusDays(fields.get("day").checkint() - 1L)
                    .plusHours(fields.get("hour").optint(12))
                    .plusMinutes(fields.get("min").optint(0))
                    .plusSeconds(fields.get("sec").optint(0));
            return LuaValue.valueOf(
                    (double) local.atZone(ZoneId.systemDefault()).toEpochSecond());
        } catch (DateTimeException e) {
            throw new LuaError("no such time: " + e.getMessage());
        }
    }

    private static Varargs date(Varargs arguments) {
        String format = arguments.optjstring(1, "%c");
        Instant instant = arguments.isnoneornil(2) ? Instant.now() : Instant.ofEpochSecond(arguments.checklong(2));
        boolean utc = format.startsWith("!");
        ZonedDateTime time = instant.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
        String rest = utc ? format.substring(1) : format;
        return rest.startsWith("*t") ? fields(time) : LuaValue.valueOf(formatted(time, rest));
    }

    private static LuaTable fields(ZonedDateTime time) {
        LuaTable table = new LuaTable();
        table.set("year", time.getYear());
        table.set("month", time.getMonthValue());
        table.set("day", time.getDayOfMonth());
        table.set("hour", time.getHour());
        table.set("min", time.getMinute());
        table.set("sec", time.getSecond());
        table.set("wday", time.getDayOfWeek().getValue() % 7 + 1);
        table.set("yday", time.getDayOfYear());
        table.set("isdst", LuaValue.FALSE);
        return table;
    }

    private static String formatted(ZonedDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char field = format.charAt(++i);
            String pattern = FORMATS.get(field);
            text.append(
                    pattern == null
                            ? String.valueOf(field)
                            : time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
        }
        return text.toString();
    }
}
