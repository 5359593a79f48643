package io.jenkins.plugins.gitops.engine.render.signature;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the data types of SSH (RFC 4251, section 5): what is longer than it says is an error. */
final class SshText {
    private final ByteBuffer buffer;

    SshText(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes);
    }

    byte[] raw(int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("it is cut off");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    int number() {
        return ByteBuffer.wrap(raw(4)).getInt();
    }

    byte[] bytes() {
        return raw(number());
    }

    String text() {
        return new String(bytes(), StandardCharsets.US_ASCII);
    }

    BigInteger integer() {
        return new BigInteger(bytes());
    }

    /** @throws IllegalArgumentException when something is left */
    void end() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("there is more behind it");
        }
    }

    static byte[] written(byte[] bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
