package io.jenkins.plugins.gitops.engine.health.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/**
 * Matching by the patterns of Lua 5.1 (reference manual, 5.4.1), on texts of one character a byte. Written anew because the
 * interpreter's own cannot be interrupted: here a search ends after {@value #MOST_STEPS} steps.
 */
final class LuaPattern {
    private static final int MOST_STEPS = 200_000;
    private static final int MOST_CAPTURES = 32;
    private static final int DEEPEST = 200;
    private static final int POSITION = -2;
    private static final int OPEN = -1;
    private static final int NONE = -1;

    private final String text;
    private final String pattern;
    private final int[] starts = new int[MOST_CAPTURES];
    private final int[] lengths = new int[MOST_CAPTURES];
    private int captures;
    private int steps;
    private int depth;

    LuaPattern(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    boolean isAnchored() {
        return pattern.startsWith("^");
    }

    /** Where the match that starts exactly here ends; negative when none does. */
    int matchAt(int start) {
        captures = 0;
        return match(start, isAnchored() ? 1 : 0);
    }

    int captures() {
        return captures;
    }

    String whole(int start, int end) {
        return text.substring(start, end);
    }

    /** The captures, or the whole match when there are none. */
    LuaValue[] values(int start, int end) {
        LuaValue[] values = new LuaValue[Math.max(1, captures)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, start, end);
        }
        return values;
    }

    LuaValue value(int capture, int start, int end) {
        if (capture >= captures) {
            if (capture > 0) {
                throw new LuaError("invalid capture index %" + (capture + 1));
            }
            return LuaStrings.value(text.substring(start, end));
        }
        if (lengths[capture] == POSITION) {
            return LuaValue.valueOf(starts[capture] + 1);
        }
        if (lengths[capture] == OPEN) {
            throw new LuaError("unfinished capture");
        }
        return LuaStrings.value(text.substring(starts[capture], starts[capture] + lengths[capture]));
    }

    private int match(int start, int from) {
        if (++depth > DEEPEST) {
            throw new LuaError("pattern too complex");
        }
        try {
            return matchHere(start, from);
        } finally {
            depth--;
        }
    }

    private int matchHere(int start, int from) {
        int s = start;
        int p = from;
        while (p < pattern.length()) {
            step();
            char c = pattern.charAt(p);
            if (c == '(') {
                boolean position = p + 1 < pattern.length() && pattern.charAt(p + 1) == ')';
                return position ? startCapture(s, p + 2, POSITION) : startCapture(s, p + 1, OPEN);
            }
            if (c == ')') {
                return endCapture(s, p + 1);
            }
            if (c == '$' && p + 1 == pattern.length()) {
                return s == text.length() ? s : NONE;
            }
            if (c == '%' && p + 1 < pattern.length()) {
                char next = pattern.charAt(p + 1);
                if (next == 'b') {
                    s = balanced(s, p + 2);
                    p += 4;
                } else if (next == 'f') {
                    int set = p + 2;
                    p = endOfItem(set);
                    s = isFrontier(s, set, p) ? s : NONE;
                } else if (Character.isDigit(next)) {
                    s = repeated(s, next - '1');
                    p += 2;
                } else {
                    s = item(s, p);
                    if (s < NONE) {
                        return -s - 3;
                    }
                    p = endOfItem(p);
                }
                if (s == NONE) {
                    return NONE;
                }
                continue;
            }
            s = item(s, p);
            if (s < NONE) {
                return -s - 3;
            }
            if (s == NONE) {
                return NONE;
            }
            p = endOfItem(p);
        }
        return s;
    }

    /** One character class with its repetition: the next position, {@link #NONE}, or {@code -3 - end} of the whole match. */
    private int item(int s, int p) {
        int end = endOfItem(p);
        char repetition = end < pattern.length() ? pattern.charAt(end) : ' ';
        return switch (repetition) {
            case '?' -> {
                int with = matchesOne(s, p, end) ? match(s + 1, end + 1) : NONE;
                yield rest(with != NONE ? with : match(s, end + 1));
            }
            case '+' -> rest(matchesOne(s, p, end) ? longest(s + 1, p, end) : NONE);
            case '*' -> rest(longest(s, p, end));
            case '-' -> rest(shortest(s, p, end));
            default -> matchesOne(s, p, end) ? s + 1 : NONE;
        };
    }

    private static int rest(int end) {
        return -3 - end;
    }

    private int longest(int s, int p, int end) {
        int count = 0;
        while (matchesOne(s + count, p, end)) {
            step();
            count++;
        }
        for (int i = count; i >= 0; i--) {
            int found = match(s + i, end + 1);
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private int shortest(int start, int p, int end) {
        int s = start;
        while (true) {
            int found = match(s, end + 1);
            if (found != NONE) {
                return found;
            }
            if (!matchesOne(s, p, end)) {
                return NONE;
            }
            s++;
        }
    }

    private int startCapture(int s, int p, int kind) {
        if (captures == MOST_CAPTURES) {
            throw new LuaError("too many captures");
        }
        starts[captures] = s;
        lengths[captures] = kind;
        captures++;
        int found = match(s, p);
        if (found == NONE) {
            captures--;
        }
        return found;
    }

    private int endCapture(int s, int p) {
        int open = captures - 1;
        while (open >= 0 && lengths[open] != OPEN) {
            open--;
        }
        if (open < 0) {
            throw new LuaError("invalid pattern capture");
        }
        lengths[open] = s - starts[open];
        int found = match(s, p);
        if (found == NONE) {
            lengths[open] = OPEN;
        }
        return found;
    }

    private int repeated(int s, int capture) {
        if (capture < 0 || capture >= captures || lengths[capture] < 0) {
            throw new LuaError("invalid capture index %" + (capture + 1));
        }
        boolean same = text.regionMatches(s, text, starts[capture], lengths[capture]);
        return same ? s + lengths[capture] : NONE;
    }

    private int balanced(int s, int p) {
        if (p + 1 >= pattern.length()) {
            throw new LuaError("missing arguments to '%b'");
        }
        if (s >= text.length() || text.charAt(s) != pattern.charAt(p)) {
            return NONE;
        }
        int open = 1;
        for (int i = s + 1; i < text.length(); i++) {
            step();
            if (text.charAt(i) == pattern.charAt(p + 1)) {
                if (--open == 0) {
                    return i + 1;
                }
            } else if (text.charAt(i) == pattern.charAt(p)) {
                open++;
            }
        }
        return NONE;
    }

    private boolean isFrontier(int s, int set, int end) {
        if (set >= pattern.length() || pattern.charAt(set) != '[') {
            throw new LuaError("missing '[' after '%f' in pattern");
        }
        char before = s == 0 ? 0 : text.charAt(s - 1);
        char here = s == text.length() ? 0 : text.charAt(s);
        return !inSet(before, set, end) && inSet(here, set, end);
    }

    private int endOfItem(int p) {
        int i = p + 1;
        char c = pattern.charAt(p);
        if (c == '%') {
            if (i >= pattern.length()) {
                throw new LuaError("malformed pattern (ends with '%')");
            }
            return i + 1;
        }
        if (c != '[') {
            return i;
        }
        i += i < pattern.length() && pattern.charAt(i) == '^' ? 1 : 0;
        do {
            if (i >= pattern.length()) {
                throw new LuaError("malformed pattern (missing ']')");
            }
            i += pattern.charAt(i) == '%' ? 2 : 1;
        } while (i >= pattern.length() || pattern.charAt(i) != ']');
        return i + 1;
    }

    private boolean matchesOne(int s, int p, int end) {
        step();
        if (s >= text.length()) {
            return false;
        }
        char c = text.charAt(s);
        return switch (pattern.charAt(p)) {
            case '.' -> true;
            case '%' -> inClass(c, pattern.charAt(p + 1));
            case '[' -> inSet(c, p, end);
            default -> pattern.charAt(p) == c;
        };
    }

    /** @param end after the closing bracket */
    private boolean inSet(char c, int set, int end) {
        boolean negated = pattern.charAt(set + 1) == '^';
        int last = end - 1;
        for (int i = set + (negated ? 2 : 1); i < last; i++) {
            char item = pattern.charAt(i);
            if (item == '%') {
                if (inClass(c, pattern.charAt(++i))) {
                    return !negated;
                }
            } else if (i + 2 < last && pattern.charAt(i + 1) == '-') {
                if (item <= c && c <= pattern.charAt(i + 2)) {
                    return !negated;
                }
                i += 2;
            } else if (item == c) {
                return !negated;
            }
        }
        return negated;
    }

    private static boolean inClass(char c, char name) {
        boolean in =
                switch (Character.toLowerCase(name)) {
                    case 'a' -> isLetter(c);
                    case 'c' -> c < ' ' || c == 127;
                    case 'd' -> isDigit(c);
                    case 'l' -> c >= 'a' && c <= 'z';
                    case 'p' -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c);
                    case 's' -> c == ' ' || (c >= '\t' && c <= '\r');
                    case 'u' -> c >= 'A' && c <= 'Z';
                    case 'w' -> isLetter(c) || isDigit(c);
                    case 'x' -> Character.digit(c, 16) >= 0 && c < 128;
                    case 'z' -> c == 0;
                    default -> {
                        yield name == c;
                    }
                };
        boolean known = "acdlpsuwxz".indexOf(Character.toLowerCase(name)) >= 0;
        return known && Character.isUpperCase(name) ? !in : in;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new LuaLimits.Exceeded("the script matched a pattern for more than " + MOST_STEPS + " steps");
        }
    }
}
