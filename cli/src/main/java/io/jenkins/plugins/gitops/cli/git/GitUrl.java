package io.jenkins.plugins.gitops.cli.git;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a repository is: {@code https://…}, {@code ssh://…}, {@code user@host:path}, {@code file://…} or a folder's path.
 * It may hold a password or a token; its text form never does.
 */
public record GitUrl(String raw) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    /** {@code user@host:path}: a colon before any slash; a single letter before it is a drive of Windows. */
    private static final Pattern SCP = Pattern.compile("[^/\\\\:]{2,}:.*");

    /** Whether the text is a path of this machine rather than a URL. */
    public static boolean looksLocal(String text) {
        return !SCHEME.matcher(text).matches() && !SCP.matcher(text).matches();
    }

    boolean isSsh() {
        return raw.startsWith("ssh://")
                || (!SCHEME.matcher(raw).matches() && SCP.matcher(raw).matches());
    }

    boolean isFile() {
        return raw.startsWith("file:") || looksLocal(raw);
    }

    /** Without user and password; a token often stands where the user does. The user of an ssh URL is no secret. */
    String safe() {
        try {
            URIish uri = new URIish(raw).setPass(null);
            return (isSsh() ? uri : uri.setUser(null)).toString();
        } catch (URISyntaxException e) {
            return raw.replaceAll("//[^/@]*@", "//");
        }
    }

    /** A message of a library with this URL's secrets taken out. */
    String redact(String message) {
        String text = message == null ? "" : message.replace(raw, safe());
        try {
            URIish uri = new URIish(raw);
            text = without(text, uri.getPass());
            return isSsh() ? text : without(text, uri.getUser());
        } catch (URISyntaxException e) {
            return text;
        }
    }

    private static String without(String text, String secret) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, "***");
    }

    /** Names this repository's cache; credentials do not count, so that a new token finds the old cache. */
    String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(safe().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return safe();
    }
}
