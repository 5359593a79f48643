package io.jenkins.plugins.gitops.engine.model;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One field of a {@link CronSchedule}.
 *
 * @param bits the values that it has, bit by bit: there are at most 60
 * @param isOpen it begins with {@code *} or {@code ?}
 */
record CronField(long bits, boolean isOpen) implements Serializable {
    /**
     * @param name as errors shall call it
     * @param names of the values from the least on; empty when they have none
     */
    static CronField of(String name, String text, int least, int most, List<String> names) {
        long bits = 0;
        for (String part : text.split(",", -1)) {
            bits |= part(new Reading(name, text, least, most, names), part);
        }
        return new CronField(bits, text.startsWith("*") || text.startsWith("?"));
    }

    boolean has(int value) {
        return (bits >> value & 1) == 1;
    }

    int[] values() {
        return IntStream.range(0, Long.SIZE).filter(this::has).toArray();
    }

    /** What is read, and what its values may be. */
    private record Reading(String name, String text, int least, int most, List<String> names) {
        int value(String word) {
            int named = names.indexOf(word.toLowerCase(Locale.ROOT));
            if (named >= 0) {
                return least + named;
            }
            if (!word.matches("[0-9]{1,2}") || Integer.parseInt(word) < least || Integer.parseInt(word) > most) {
                throw wrong("\"" + word + "\" is not from " + least + " to " + most
                        + (names.isEmpty() ? "" : ", nor one of " + String.join(", ", names)));
            }
            return Integer.parseInt(word);
        }

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("the " + name + " \"" + text + "\" is wrong: " + what);
        }
    }

    /** {@code *}, {@code 5}, {@code 1-5}, each with or without {@code /2}. */
    private static long part(Reading reading, String part) {
        String[] range = part.split("/", -1);
        int step = 1;
        if (range.length == 2) {
            if (!range[1].matches("[0-9]{1,2}") || Integer.parseInt(range[1]) == 0) {
                throw reading.wrong("the step \"" + range[1] + "\" must be a number from 1 on");
            }
            step = Integer.parseInt(range[1]);
        } else if (range.length > 2) {
            throw reading.wrong("one step is enough");
        }
        String[] ends = range[0].split("-", -1);
        boolean all = range[0].equals("*") || range[0].equals("?");
        int from = all ? reading.least() : reading.value(ends[0]);
        int to = all || ends.length == 1 && range.length == 2 ? reading.most() : reading.value(ends[ends.length - 1]);
        if (ends.length > 2 || from > to) {
            throw reading.wrong("\"" + range[0] + "\" is no range from a value to a later one; two ranges with a comma"
                    + " between go over the end");
        }
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }
}
