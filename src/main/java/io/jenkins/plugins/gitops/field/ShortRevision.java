package io.jenkins.plugins.gitops.field;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A revision as people read it: the first letters of a commit id, and what follows a dash, as in {@code -dirty}; the version of
 * a chart is left whole. Of several sources each.
 */
public final class ShortRevision {
    private static final Pattern COMMIT = Pattern.compile("([0-9a-f]{8})[0-9a-f]{32}(-.*)?");

    private ShortRevision() {}

    public static String of(String revisions) {
        return Stream.of(revisions.split(",", -1)).map(ShortRevision::ofOne).collect(Collectors.joining(", "));
    }

    private static String ofOne(String revision) {
        Matcher commit = COMMIT.matcher(revision);
        return commit.matches() ? commit.group(1) + (commit.group(2) == null ? "" : commit.group(2)) : revision;
    }
}
