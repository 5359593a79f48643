package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.cluster.ApiStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API server's refusals in words for the one who wrote the manifest, where its own are those of its Go code. */
final class ServerMessage {
    private static final Pattern UNQUOTED = Pattern.compile(
            "(?<field>\\.[^ ]+): expected string, got &value\\.valueUnstructured\\{Value:(?<value>[^}]*)}");

    private ServerMessage() {}

    static String inWords(ApiStatus status) {
        Matcher unquoted = UNQUOTED.matcher(status.message());
        return unquoted.find()
                ? unquoted.group("field").substring(1) + " must be a string, but YAML reads " + unquoted.group("value")
                        + " as something else: put the value in quotes"
                : status.message();
    }
}
