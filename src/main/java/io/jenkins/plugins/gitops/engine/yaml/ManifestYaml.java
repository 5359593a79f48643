package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes JSON trees as YAML that readers of YAML 1.1 (kubectl, Go) and 1.2 take for the same tree: a string is left bare only
 * when no version reads it as something else.
 */
public final class ManifestYaml {
    private static final Pattern BARE = Pattern.compile("[A-Za-z_./][-A-Za-z0-9_./@]*(:[-A-Za-z0-9_./@]+)*");
    /** YAML 1.1 takes digits with colons for base 60, and {@code 1e3} or {@code .5} for a number: these start with a letter. */
    private static final Set<String> WORDS = Set.of(
            "true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", ".nan", "nan", "inf", ".", "..");

    private static final Pattern LITERAL =
            Pattern.compile("[^\\s][\\x20-\\x7e\\u00a1-\\ud7ff\\ue000-\\ufffd\\n]*[^\\s]\\n?");

    private final StringBuilder out = new StringBuilder();

    private ManifestYaml() {}

    /** The tree as block style, ended by a line break. */
    public static String write(JsonNode node) {
        ManifestYaml writer = new ManifestYaml();
        if (node.isContainerNode() && !node.isEmpty()) {
            writer.block(node, 0, false);
        } else {
            writer.scalar(node, 0);
        }
        return writer.out.toString();
    }

    /** @param afterDash the first entry continues the line of a list's dash */
    private void block(JsonNode node, int indent, boolean afterDash) {
        boolean first = afterDash;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                indent(first ? 0 : indent);
                first = false;
                out.append(isBare(field.getKey()) ? field.getKey() : quoted(field.getKey()))
                        .append(':');
                value(field.getValue(), field.getValue().isArray() ? indent : indent + 2, indent + 2);
            }
            return;
        }
        for (JsonNode item : node) {
            indent(first ? 0 : indent);
            first = false;
            out.append('-');
            if (item.isContainerNode() && !item.isEmpty()) {
                out.append(' ');
                block(item, indent + 2, true);
            } else {
                out.append(' ');
                scalar(item, indent + 2);
            }
        }
    }

    private void value(JsonNode node, int blockIndent, int textIndent) {
        if (node.isContainerNode() && !node.isEmpty()) {
            out.append('\n');
            block(node, blockIndent, false);
        } else {
            out.append(' ');
            scalar(node, textIndent);
        }
    }

    private void scalar(JsonNode node, int indent) {
        String text = node.asText();
        if (!node.isTextual()) {
            out.append(node.isEmpty() && node.isContainerNode() ? (node.isObject() ? "{}" : "[]") : node.toString());
            out.append('\n');
        } else if (isBare(text)) {
            out.append(text).append('\n');
        } else if (text.indexOf('\n') >= 0
                && indent > 0
                && LITERAL.matcher(text).matches()) {
            literal(text, indent);
        } else {
            out.append(quoted(text)).append('\n');
        }
    }

    private void literal(String text, int indent) {
        out.append(text.endsWith("\n") ? "|\n" : "|-\n");
        text.lines().forEach(line -> {
            indent(line.isEmpty() ? 0 : indent);
            out.append(line).append('\n');
        });
    }

    private static boolean isBare(String text) {
        return BARE.matcher(text).matches()
                && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                && !text.matches("\\.[0-9].*");
    }

    /** A JSON string is a double-quoted YAML scalar, once the line separators that only YAML 1.1 knows are escaped. */
    private static String quoted(String text) {
        return TextNode.valueOf(text)
                .toString()
                .replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029")
                .replace("\u007f", "\\u007f")
                .replace("\ufeff", "\\ufeff");
    }

    private void indent(int columns) {
        out.append(" ".repeat(columns));
    }
}
