package io.jenkins.plugins.gitops.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import java.util.Optional;
import java.util.regex.Pattern;

/** A field's value as YAML, short enough for a page: the document has all of it. */
public record FieldValue(String text) {
    private static final int SHORT = 120;
    private static final int MOST = 20_000;
    /** One line that is no number, no truth value, no null, and shows all of its characters. */
    private static final Pattern PLAIN = Pattern.compile(
            "(?!(?i:true|false|yes|no|on|off|y|n|null|~|[-+.]?[0-9][-+0-9._eExXa-fA-F:]*)$)[\\p{Graph}&&[^\"'{}\\[\\]]]([^\\p{Cntrl}]*\\p{Graph})?");

    /** Empty when the field is absent. */
    static Optional<FieldValue> of(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        String yaml =
                isPlain(value) ? value.textValue() : ManifestYaml.write(value).stripTrailing();
        return Optional.of(new FieldValue(
                yaml.length() <= MOST
                        ? yaml
                        : yaml.substring(0, MOST) + "\n" + Messages.FieldValue_Cut(yaml.length())));
    }

    /** Whether a person takes the bare text for a string and for no other value. */
    private static boolean isPlain(JsonNode value) {
        return value.isTextual() && PLAIN.matcher(value.textValue()).matches();
    }

    public String getText() {
        return text;
    }

    /** Whether a page shows only its beginning at first. */
    public boolean isLong() {
        return text.length() > SHORT || text.lines().count() > 3;
    }

    public String getBeginning() {
        String line = text.lines().findFirst().orElse("");
        return (line.length() > SHORT ? line.substring(0, SHORT) : line) + " …";
    }
}
