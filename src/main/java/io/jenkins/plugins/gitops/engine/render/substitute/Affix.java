package io.jenkins.plugins.gitops.engine.render.substitute;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern at the beginning or the end of a text, as a shell has it: {@code *} is any text, {@code ?} one character,
 * {@code [a-z]} and {@code [!a-z]} one of a class, a backslash takes the next character as it is. Takes time in proportion to
 * the lengths of both.
 */
final class Affix {
    private static final IntPredicate ANY_TEXT = character -> true;

    private final List<IntPredicate> steps;
    private final boolean longest;

    private Affix(String pattern, boolean longest) {
        this.steps = steps(pattern);
        this.longest = longest;
    }

    static Affix shortest(String pattern) {
        return new Affix(pattern, false);
    }

    static Affix longest(String pattern) {
        return new Affix(pattern, true);
    }

    String withoutPrefix(String value) {
        int[] characters = value.codePoints().toArray();
        int length = matched(characters, steps);
        return new String(characters, length, characters.length - length);
    }

    String withoutSuffix(String value) {
        int[] characters =
                new StringBuilder(value).reverse().toString().codePoints().toArray();
        List<IntPredicate> backwards = new ArrayList<>(steps);
        Collections.reverse(backwards);
        int length = matched(characters, backwards);
        int[] kept = value.codePoints().toArray();
        return new String(kept, 0, kept.length - length);
    }

    /** How many characters match, at least one; zero when none do. */
    private int matched(int[] characters, List<IntPredicate> pattern) {
        BitSet states = new BitSet();
        states.set(0);
        skipEmpty(states, pattern);
        int best = 0;
        for (int i = 0; i < characters.length && !states.isEmpty(); i++) {
            BitSet next = new BitSet();
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                if (state < pattern.size() && pattern.get(state).test(characters[i])) {
                    next.set(pattern.get(state) == ANY_TEXT ? state : state + 1);
                }
            }
            skipEmpty(next, pattern);
            states = next;
            if (states.get(pattern.size())) {
                best = i + 1;
                if (!longest) {
                    return best;
                }
            }
        }
        return best;
    }

    private static void skipEmpty(BitSet states, List<IntPredicate> pattern) {
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (state < pattern.size() && pattern.get(state) == ANY_TEXT) {
                states.set(state + 1);
            }
        }
    }

    private static List<IntPredicate> steps(String pattern) {
        List<IntPredicate> steps = new ArrayList<>();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == '*') {
                steps.add(ANY_TEXT);
            } else if (character == '?') {
                steps.add(any -> true);
            } else if (character == '[' && end(characters, i) > 0) {
                int end = end(characters, i);
                steps.add(oneOf(characters, i + 1, end));
                i = end;
            } else {
                boolean escaped = character == '\\' && i + 1 < characters.length;
                int wanted = escaped ? characters[++i] : character;
                steps.add(found -> found == wanted);
            }
        }
        return steps;
    }

    /** Where a class ends; negative when it does not. */
    private static int end(int[] characters, int start) {
        for (int i = start + 2; i < characters.length; i++) {
            if (characters[i] == ']') {
                return i;
            }
        }
        return -1;
    }

    private static IntPredicate oneOf(int[] characters, int from, int to) {
        boolean negated = characters[from] == '!' || characters[from] == '^';
        IntPredicate one = found -> false;
        for (int i = negated ? from + 1 : from; i < to; i++) {
            boolean range = i + 2 < to && characters[i + 1] == '-';
            int low = characters[i];
            int high = range ? characters[i + 2] : low;
            one = one.or(found -> low <= found && found <= high);
            i += range ? 2 : 0;
        }
        return negated ? one.negate() : one;
    }
}
