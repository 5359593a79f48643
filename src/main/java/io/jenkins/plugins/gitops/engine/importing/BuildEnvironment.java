package io.jenkins.plugins.gitops.engine.importing;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that Argo CD puts into helm parameters, paths of files, images and labels. Those that the application itself
 * settles are put in here once and for all; {@code $$} is a dollar.
 */
final class BuildEnvironment {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(\\$|\\{(?<braced>[^}]*)}|(?<bare>[A-Za-z_][A-Za-z0-9_]*))");

    private final Map<String, String> values;

    /** @param values by the names of variables */
    BuildEnvironment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** The text of a field with its variables; those that only Argo CD knows are told, and stay as they are. */
    String resolve(Fields fields, String field, String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(fields, field, found)));
    }

    private String value(Fields fields, String field, MatchResult found) {
        if (found.group().equals("$$")) {
            return "$";
        }
        String name = found.group(2) == null ? found.group(3) : found.group(2);
        if (!values.containsKey(name)) {
            fields.unmapped(
                    field,
                    "Argo CD puts the build variable " + found.group()
                            + " in, which exists only while it renders; here it stays as it is written",
                    "write the value itself");
        }
        return values.getOrDefault(name, found.group());
    }
}
