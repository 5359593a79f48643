package io.jenkins.plugins.gitops.engine.model;

import java.util.regex.Pattern;

/** Patterns of names: {@code *} is any text, also none, and also across dots and slashes. */
final class Glob {
    private Glob() {}

    /** {@code ?} is one character. */
    static boolean matches(String glob, String text) {
        return text.matches(stars(glob).replace("?", "\\E.\\Q"));
    }

    /** {@code ?} is itself. */
    static boolean matchesStars(String glob, String text) {
        return text.matches(stars(glob));
    }

    private static String stars(String glob) {
        return Pattern.quote(glob).replace("*", "\\E.*\\Q");
    }
}
