package io.jenkins.plugins.gitops.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One object of a rendered stream.
 *
 * @param yaml the document without its {@code ---}
 */
public record ManifestDocument(String kind, String namespace, String name, String yaml) {
    /** The writer puts {@code ---} in front of each document; inside one, every line of a literal is indented. */
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\n");

    private static final Pattern KIND = Pattern.compile("(?m)^kind: (.*)$");
    private static final Pattern METADATA = Pattern.compile("(?m)^metadata:\\n((?: .*(?:\\n|$))*)");
    private static final Pattern NAME = Pattern.compile("(?m)^  name: (.*)$");
    private static final Pattern NAMESPACE = Pattern.compile("(?m)^  namespace: (.*)$");

    static List<ManifestDocument> split(String stream) {
        return Stream.of(SEPARATOR.split(stream))
                .filter(text -> !text.isBlank())
                .map(ManifestDocument::of)
                .toList();
    }

    private static ManifestDocument of(String yaml) {
        String metadata = first(METADATA, yaml);
        return new ManifestDocument(first(KIND, yaml), first(NAMESPACE, metadata), first(NAME, metadata), yaml);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    public String getTitle() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    public String getYaml() {
        return yaml;
    }
}
