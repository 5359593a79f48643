package io.jenkins.plugins.gitops.engine.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A Git object as Git stores it, of which its id is made: a commit, or an annotated tag. */
public final class GitObject {
    private final Kind kind;
    private final byte[] content;

    /** Of the kinds that carry signatures. */
    public enum Kind {
        commit,
        tag
    }

    /** @param content without the header of kind and length */
    public GitObject(Kind kind, byte[] content) {
        this.kind = kind;
        this.content = content.clone();
    }

    public Kind kind() {
        return kind;
    }

    public byte[] content() {
        return content.clone();
    }

    /** 40 hexadecimal digits. */
    public String id() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update((kind + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GitObject object && kind == object.kind && Arrays.equals(content, object.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return kind + " " + id();
    }
}
