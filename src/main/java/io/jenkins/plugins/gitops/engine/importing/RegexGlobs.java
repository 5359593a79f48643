package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Regular expressions that can be said as globs ({@code *} any text, {@code ?} one character); most that people write can. */
final class RegexGlobs {
    private static final Pattern SIMPLE = Pattern.compile("([-A-Za-z0-9/_]|\\\\[.-]|\\.\\*|\\.\\+|\\.)*");

    private RegexGlobs() {}

    /** The globs that together match what the expression matches as a whole; none when there are no such. */
    static List<String> of(String regex) {
        String text = regex.replaceFirst("^\\^", "").replaceFirst("(?<!\\\\)\\$$", "");
        if (text.matches("\\([^()]*\\)")) {
            text = text.substring(1, text.length() - 1).replaceFirst("^\\?:", "");
        }
        List<String> globs = new ArrayList<>();
        for (String alternative : text.split("\\|", -1)) {
            if (alternative.isEmpty() || !SIMPLE.matcher(alternative).matches()) {
                return List.of();
            }
            globs.add(glob(alternative));
        }
        return globs;
    }

    private static String glob(String regex) {
        return regex.replace(".*", "*")
                .replace(".+", "?*")
                .replaceAll("(?<!\\\\)\\.", "?")
                .replaceAll("\\\\(.)", "$1");
    }
}
