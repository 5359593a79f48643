package io.jenkins.plugins.gitops.field;

import java.util.regex.Pattern;

/** What the API server takes for the name of a namespace (RFC 1123). */
public final class DnsLabel {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private DnsLabel() {}

    public static boolean is(String text) {
        return LABEL.matcher(text).matches();
    }
}
