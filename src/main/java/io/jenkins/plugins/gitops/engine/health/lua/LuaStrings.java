package io.jenkins.plugins.gitops.engine.health.lua;

import static io.jenkins.plugins.gitops.engine.health.lua.LuaSandbox.function;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code string} of Lua 5.1 without {@code dump}: every function ends soon, and no result is longer than
 * {@link LuaLimits#LONGEST_STRING}. Texts are handled a byte a character, as Lua has it.
 */
final class LuaStrings {
    private LuaStrings() {}

    static LuaTable table() {
        LuaTable table = new LuaTable();
        table.set("byte", function(LuaStrings::bytes));
        table.set("char", function(LuaStrings::characters));
        table.set("find", function(arguments -> find(arguments, true)));
        table.set("match", function(arguments -> find(arguments, false)));
        table.set("format", function(LuaFormat::format));
        table.set("gmatch", function(LuaSubstitution::all));
        table.set("gsub", function(LuaSubstitution::substitute));
        table.set(
                "len",
                function(arguments -> LuaValue.valueOf(arguments.checkstring(1).length())));
        table.set("lower", function(arguments -> value(ascii(text(arguments, 1), 'A', 32))));
        table.set("upper", function(arguments -> value(ascii(text(arguments, 1), 'a', -32))));
        table.set("rep", function(LuaStrings::repeat));
        table.set(
                "reverse",
                function(arguments ->
                        value(new StringBuilder(text(arguments, 1)).reverse().toString())));
        table.set("sub", function(LuaStrings::part));
        return table;
    }

    static String text(Varargs arguments, int index) {
        LuaString string = arguments.checkstring(index);
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.ISO_8859_1);
    }

    static LuaValue value(String text) {
        LuaLimits.checkLength(text.length());
        return LuaString.valueUsing(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Moves the 26 letters from {@code first} on; bytes beyond ASCII are parts of characters, and stay. */
    private static String ascii(String text, char first, int by) {
        StringBuilder moved = new StringBuilder(text);
        for (int i = 0; i < moved.length(); i++) {
            char c = moved.charAt(i);
            if (c >= first && c < first + 26) {
                moved.setCharAt(i, (char) (c + by));
            }
        }
        return moved.toString();
    }

    private static Varargs bytes(Varargs arguments) {
        String text = text(arguments, 1);
        int first = start(arguments.optint(2, 1), text.length());
        int last = end(arguments.optint(3, first + 1), text.length());
        LuaValue[] bytes = new LuaValue[Math.max(0, last - first)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = LuaValue.valueOf(text.charAt(first + i));
        }
        return LuaValue.varargsOf(bytes);
    }

    private static Varargs characters(Varargs arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= arguments.narg(); i++) {
            int c = arguments.checkint(i);
            if (c < 0 || c > 255) {
                throw new LuaError("bad argument: invalid value");
            }
            text.append((char) c);
        }
        return value(text.toString());
    }

    private static Varargs repeat(Varargs arguments) {
        String text = text(arguments, 1);
        int times = Math.max(0, arguments.checkint(2));
        LuaLimits.checkLength((long) text.length() * times);
        return value(text.repeat(times));
    }

    private static Varargs part(Varargs arguments) {
        String text = text(arguments, 1);
        int first = start(arguments.checkint(2), text.length());
        int last = end(arguments.optint(3, -1), text.length());
        return value(first < last ? text.substring(first, last) : "");
    }

    private static Varargs find(Varargs arguments, boolean positions) {
        String text = text(arguments, 1);
        String pattern = text(arguments, 2);
        int from = start(arguments.optint(3, 1), text.length());
        if (from > text.length()) {
            return LuaValue.NIL;
        }
        if (positions && arguments.toboolean(4)) {
            int found = text.indexOf(pattern, from);
            return found < 0
                    ? LuaValue.NIL
                    : LuaValue.varargsOf(LuaValue.valueOf(found + 1), LuaValue.valueOf(found + pattern.length()));
        }
        LuaPattern search = new LuaPattern(text, pattern);
        for (int start = from; start <= text.length(); start++) {
            int end = search.matchAt(start);
            if (end >= 0) {
                return positions ? withPositions(search, start, end) : LuaValue.varargsOf(search.values(start, end));
            }
            if (search.isAnchored()) {
                break;
            }
        }
        return LuaValue.NIL;
    }

    private static Varargs withPositions(LuaPattern search, int start, int end) {
        LuaValue[] found = {LuaValue.valueOf(start + 1), LuaValue.valueOf(end)};
        return search.captures() == 0
                ? LuaValue.varargsOf(found)
                : LuaValue.varargsOf(found, LuaValue.varargsOf(search.values(start, end)));
    }

    /** A position of Lua, counted from 1 or from the end, as an index; may be beyond the text. */
    private static int start(int position, int length) {
        int index = position > 0 ? position - 1 : position < 0 ? length + position : 0;
        return Math.max(0, index);
    }

    /** The same for the last character: the index after it. */
    private static int end(int position, int length) {
        return Math.min(length, position < 0 ? length + position + 1 : position);
    }
}
