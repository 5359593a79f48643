package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.GitObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A Git object taken apart: what was signed, and the signature. A commit has it in the header {@code gpgsig}, whose further
 * lines begin with a space; a tag has it at its end. Both headers are so called for SSH signatures too.
 *
 * @param signature in its armour
 */
record SignedText(byte[] text, String signature) {
    static final String PGP = "-----BEGIN PGP SIGNATURE-----";
    static final String SSH = "-----BEGIN SSH SIGNATURE-----";

    private static final String HEADER = "gpgsig ";

    /** Empty when the object is not signed. Latin-1 keeps every byte as it is. */
    static Optional<SignedText> of(GitObject object) {
        String content = new String(object.content(), StandardCharsets.ISO_8859_1);
        return object.kind() == GitObject.Kind.commit ? ofCommit(content) : ofTag(content);
    }

    private static Optional<SignedText> ofCommit(String content) {
        int end = content.indexOf("\n\n");
        int headers = end < 0 ? content.length() : end + 1;
        ByteArrayOutputStream text = new ByteArrayOutputStream(content.length());
        StringBuilder signature = new StringBuilder();
        boolean inside = false;
        for (int at = 0; at < headers; ) {
            int next = content.indexOf('\n', at) + 1;
            String line = content.substring(at, next == 0 ? headers : next);
            inside = line.startsWith(HEADER) || (inside && line.startsWith(" "));
            if (inside) {
                signature.append(line.startsWith(HEADER) ? line.substring(HEADER.length()) : line.substring(1));
            } else {
                text.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            }
            at += line.length();
        }
        text.writeBytes(content.substring(headers).getBytes(StandardCharsets.ISO_8859_1));
        return signature.isEmpty()
                ? Optional.empty()
                : Optional.of(new SignedText(text.toByteArray(), signature.toString()));
    }

    private static Optional<SignedText> ofTag(String content) {
        int start = Math.max(content.lastIndexOf("\n" + PGP), content.lastIndexOf("\n" + SSH)) + 1;
        return start == 0
                ? Optional.empty()
                : Optional.of(new SignedText(
                        content.substring(0, start).getBytes(StandardCharsets.ISO_8859_1), content.substring(start)));
    }
}
