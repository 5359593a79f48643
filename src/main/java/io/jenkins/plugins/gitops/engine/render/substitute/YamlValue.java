package io.jenkins.plugins.gitops.engine.render.substitute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a substituted value is: Flux substitutes in YAML text, so that {@code replicas: ${count}} is a number, {@code ${list}} may
 * be {@code [a, b]}, and quotes inside values make a string. What YAML would take for a mistake or for a comment stays a string.
 */
final class YamlValue {
    /** What no YAML writer has to quote. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!.*(: | #|:$|\\s$))[^-?:,\\[\\]{}#&*!|>'\"%@`\\s].*|[-?:][^\\s].*");

    private static final Pattern WORD = Pattern.compile("[-+.\\w~]+");

    private YamlValue() {}

    /**
     * @param before the text with its variables: one that YAML has to quote is a string whatever it becomes
     * @param text the same with values
     */
    static JsonNode of(String before, String text) {
        if (!PLAIN.matcher(before).matches()) {
            return TextNode.valueOf(text);
        }
        boolean read = text.isEmpty()
                || WORD.matcher(text).matches()
                || "\"'[{".indexOf(text.charAt(0)) >= 0
                || text.isBlank();
        return read ? read(text) : TextNode.valueOf(text);
    }

    /** The same where only a string can stand: quotes are taken off, and nothing else is read. */
    static JsonNode string(String before, String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && PLAIN.matcher(before).matches();
        JsonNode value = quoted ? read(text) : TextNode.valueOf(text);
        return value.isTextual() ? value : TextNode.valueOf(text);
    }

    private static JsonNode read(String text) {
        try {
            List<YamlDocument> documents =
                    new YamlReader().read("a value", ("v: " + text + "\n").getBytes(StandardCharsets.UTF_8));
            boolean one = documents.size() == 1 && documents.get(0).content().size() == 1;
            return one ? documents.get(0).content().path("v") : TextNode.valueOf(text);
        } catch (InvalidInputException e) {
            // No YAML by itself, such as a Go template: a string.
            return TextNode.valueOf(text);
        }
    }
}
