package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.Rendering;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a rendering depends on, each as a digest: two renderings of equal keys have equal results.
 *
 * @param parts by name for people; a name begins with what it is: {@code file}, {@code option}, {@code tool}
 */
record RenderKey(Map<String, String> parts, String digest) {
    /** Changed when the same input is rendered differently. */
    private static final String FORMAT = "1";

    static RenderKey of(Rendering rendering) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("tool", digest(rendering.tool()));
        rendering.options().forEach((name, text) -> parts.put("option " + name, digest(text)));
        rendering.files().forEach((name, file) -> parts.put("file " + name, digest(name, file)));
        return new RenderKey(parts, digest(FORMAT + parts));
    }

    /** What differs from another key, for people. */
    String changedSince(Map<String, String> before) {
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String other = before.get(part.getKey());
            if (!part.getValue().equals(other)) {
                return shown(part.getKey()) + (other == null ? " is new" : " changed");
            }
        }
        return before.keySet().stream()
                .filter(name -> !parts.containsKey(name))
                .findFirst()
                .map(name -> shown(name) + " is gone")
                .orElse("its result is no longer kept");
    }

    private static String shown(String name) {
        return name.equals("tool") ? "the program that renders" : name.substring(name.indexOf(' ') + 1);
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String digest(String name, Path file) {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException e) {
            throw new InvalidInputException(name, "cannot be read: " + e.getMessage());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
