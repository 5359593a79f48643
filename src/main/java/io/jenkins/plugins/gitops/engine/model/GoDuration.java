package io.jenkins.plugins.gitops.engine.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go and Kubernetes write them: {@code 30s}, {@code 1h30m}, {@code 1.5h}, {@code 250ms}; never negative. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|h|m|s)");
    private static final Map<String, Integer> MILLISECONDS = Map.of("ms", 1, "s", 1_000, "m", 60_000, "h", 3_600_000);

    private GoDuration() {}

    /** Empty when the text is no duration, or a zero one. */
    public static Optional<Duration> parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            BigDecimal milliseconds =
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(MILLISECONDS.get(part.group(2))));
            sum = sum.plusMillis(milliseconds.longValue());
            end = part.end();
        }
        return end == text.length() && !sum.isZero() ? Optional.of(sum) : Optional.empty();
    }

    /** The same as a person would write it: {@code 90m} is {@code 1h30m}. */
    public static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void part(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
