package io.jenkins.plugins.gitops.engine.health.lua;

import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.format}: C's printf, as far as Lua has it. */
final class LuaFormat {
    private static final Pattern DIRECTIVE = Pattern.compile("%([-+ #0]{0,5})(\\d{0,2})(?:\\.(\\d{0,2}))?(.)");

    private LuaFormat() {}

    static Varargs format(Varargs arguments) {
        String format = LuaStrings.text(arguments, 1);
        Matcher directives = DIRECTIVE.matcher(format);
        StringBuilder text = new StringBuilder();
        int argument = 2;
        int position = 0;
        while (directives.find()) {
            text.append(format, position, directives.start());
            position = directives.end();
            if (directives.group(4).equals("%")) {
                text.append('%');
            } else {
                text.append(one(directives, arguments, argument++));
            }
            LuaLimits.checkLength(text.length());
        }
        return LuaStrings.value(text.append(format.substring(position)).toString());
    }

    private static String one(Matcher directive, Varargs arguments, int index) {
        String flags = directive.group(1);
        String width = directive.group(2);
        String precision = directive.group(3);
        String digits = precision == null ? "" : "." + (precision.isEmpty() ? "0" : precision);
        char kind = directive.group(4).charAt(0);
        try {
            return switch (kind) {
                case 'd', 'i', 'u' -> String.format(Locale.ROOT, "%" + flags + width + "d", arguments.checklong(index));
                case 'x', 'X', 'o' ->
                    String.format(
                            Locale.ROOT, "%" + flags.replaceAll("[+ ]", "") + width + kind, arguments.checklong(index));
                case 'c' -> String.valueOf((char) (arguments.checkint(index) & 0xff));
                case 'e', 'E', 'f' ->
                    String.format(Locale.ROOT, "%" + flags + width + digits + kind, arguments.checkdouble(index));
                case 'g', 'G' ->
                    String.format(
                            Locale.ROOT,
                            "%" + width + "s",
                            LuaValue.valueOf(arguments.checkdouble(index)).tojstring());
                case 'q' -> "\"" + string(arguments, index).replaceAll("[\"\\\\\n]", "\\\\$0") + "\"";
                case 's' ->
                    String.format(
                            Locale.ROOT,
                            "%" + flags.replaceAll("[^-]", "") + width + digits + "s",
                            string(arguments, index));
                default -> throw new LuaError("invalid option '%" + kind + "' to 'format'");
            };
        } catch (IllegalFormatException e) {
            throw new LuaError("invalid format '" + directive.group() + "'");
        }
    }

    /** Bytes as characters; what is no string is written as {@code tostring} does. */
    private static String string(Varargs arguments, int index) {
        LuaValue value = arguments.checkvalue(index);
        return value.isstring() ? LuaStrings.text(arguments, index) : value.tojstring();
    }
}
