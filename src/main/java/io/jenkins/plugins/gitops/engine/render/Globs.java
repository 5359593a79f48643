package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Path patterns as {@link java.nio.file.FileSystem#getPathMatcher} reads a {@code glob:}: {@code *} within one name,
 * {@code **} across folders, {@code ?}, {@code [a-c]}, <code>{a,b}</code>. One addition: a pattern that begins with
 * {@code **}{@code /} also matches in the top folder.
 */
final class Globs {
    private static final String ANYWHERE = "**/";

    private final List<PathMatcher> matchers = new ArrayList<>();

    /** @param option names the patterns in an error, such as {@code source.include} */
    Globs(String option, List<String> patterns) {
        for (String pattern : patterns) {
            add(option, pattern);
            if (pattern.startsWith(ANYWHERE)) {
                add(option, pattern.substring(ANYWHERE.length()));
            }
        }
    }

    private void add(String option, String pattern) {
        try {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    option, "the pattern \"" + pattern + "\" is not a glob: " + e.getDescription());
        }
    }

    boolean isEmpty() {
        return matchers.isEmpty();
    }

    boolean match(Path path) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(path));
    }
}
