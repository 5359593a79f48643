package io.jenkins.plugins.gitops.engine.health.lua;

import static io.jenkins.plugins.gitops.engine.health.lua.LuaSandbox.function;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.gmatch} and {@code string.gsub}. */
final class LuaSubstitution {
    private LuaSubstitution() {}

    static Varargs all(Varargs arguments) {
        String text = LuaStrings.text(arguments, 1);
        LuaPattern search = new LuaPattern(text, LuaStrings.text(arguments, 2));
        int[] next = {0};
        return function(none -> {
            for (int start = next[0]; start <= text.length(); start++) {
                int end = search.matchAt(start);
                if (end >= 0) {
                    next[0] = end == start ? end + 1 : end;
                    return LuaValue.varargsOf(search.values(start, end));
                }
            }
            next[0] = text.length() + 1;
            return LuaValue.NIL;
        });
    }

    static Varargs substitute(Varargs arguments) {
        String text = LuaStrings.text(arguments, 1);
        LuaPattern search = new LuaPattern(text, LuaStrings.text(arguments, 2));
        LuaValue by = arguments.checkvalue(3);
        int most = arguments.optint(4, Integer.MAX_VALUE);
        StringBuilder result = new StringBuilder();
        int position = 0;
        int count = 0;
        while (count < most && position <= text.length()) {
            int end = search.matchAt(position);
            if (end >= 0) {
                count++;
                result.append(replacement(search, by, text, position, end));
                LuaLimits.checkLength(result.length());
            }
            if (end > position) {
                position = end;
            } else {
                result.append(text, position, Math.min(position + 1, text.length()));
                position++;
            }
            if (search.isAnchored()) {
                break;
            }
        }
        result.append(text, Math.min(position, text.length()), text.length());
        return LuaValue.varargsOf(LuaStrings.value(result.toString()), LuaValue.valueOf(count));
    }

    private static String replacement(LuaPattern search, LuaValue by, String text, int start, int end) {
        LuaValue value;
        if (by.isstring()) {
            return expanded(search, string(by), start, end);
        } else if (by.istable()) {
            value = by.get(search.value(0, start, end));
        } else if (by.isfunction()) {
            value = by.invoke(LuaValue.varargsOf(search.values(start, end))).arg1();
        } else {
            throw new LuaError("bad argument #3 to 'gsub' (string/function/table expected)");
        }
        if (!value.toboolean()) {
            return text.substring(start, end);
        }
        if (!value.isstring()) {
            throw new LuaError("invalid replacement value (a " + value.typename() + ")");
        }
        return string(value);
    }

    private static String expanded(LuaPattern search, String by, int start, int end) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < by.length(); i++) {
            char c = by.charAt(i);
            if (c != '%' || i + 1 == by.length()) {
                expanded.append(c);
                continue;
            }
            char next = by.charAt(++i);
            if (next == '0') {
                expanded.append(search.whole(start, end));
            } else if (next >= '1' && next <= '9') {
                expanded.append(string(search.value(next - '1', start, end)));
            } else {
                expanded.append(next);
            }
            LuaLimits.checkLength(expanded.length());
        }
        return expanded.toString();
    }

    private static String string(LuaValue value) {
        LuaString string = value.checkstring();
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.ISO_8859_1);
    }
}
