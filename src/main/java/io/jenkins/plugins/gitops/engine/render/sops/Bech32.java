package io.jenkins.plugins.gitops.engine.render.sops;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/** Bech32 (BIP 173) without its limit of 90 characters: the form in which age writes keys. */
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    private Bech32() {}

    /** The bytes that a text holds; empty when it does not begin with the prefix, or a character of it is wrong. */
    static Optional<byte[]> decode(String prefix, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean mixed = !text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT));
        if (mixed || !lower.startsWith(prefix + "1") || lower.length() < prefix.length() + 1 + CHECKSUM) {
            return Optional.empty();
        }
        int[] values = lower.substring(prefix.length() + 1)
                .chars()
                .map(ALPHABET::indexOf)
                .toArray();
        for (int value : values) {
            if (value < 0) {
                return Optional.empty();
            }
        }
        return checksum(prefix, values, values.length) == 1 ? bytes(values) : Optional.empty();
    }

    static String encode(String prefix, byte[] bytes) {
        int[] values = new int[(bytes.length * 8 + 4) / 5 + CHECKSUM];
        int length = 0;
        int bits = 0;
        int pending = 0;
        for (byte next : bytes) {
            pending = (pending << 8 | next & 0xff) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                values[length++] = pending >> bits & 31;
            }
        }
        if (bits > 0) {
            values[length++] = pending << 5 - bits & 31;
        }
        int checksum = checksum(prefix, values, values.length) ^ 1;
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (int i = 0; i < CHECKSUM; i++) {
            values[length + i] = checksum >> 5 * (CHECKSUM - 1 - i) & 31;
        }
        for (int value : values) {
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    private static Optional<byte[]> bytes(int[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int pending = 0;
        for (int i = 0; i < values.length - CHECKSUM; i++) {
            pending = (pending << 5 | values[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(pending >> bits);
            }
        }
        boolean padded = bits < 5 && (pending & (1 << bits) - 1) == 0;
        return padded ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    private static int checksum(String prefix, int[] values, int length) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) >> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) & 31);
        }
        for (int i = 0; i < length; i++) {
            state = step(state, values[i]);
        }
        return state;
    }

    private static int step(int state, int value) {
        int top = state >>> 25;
        int next = (state & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }
}
