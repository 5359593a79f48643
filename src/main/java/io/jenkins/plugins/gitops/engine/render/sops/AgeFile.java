package io.jenkins.plugins.gitops.engine.render.sops;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text encrypted by age in its armoured form (age-encryption.org/v1, C2SP age.md): a header with the file key wrapped for
 * each recipient, its MAC, and the payload in chunks. Recipients of kinds other than X25519 are passed over.
 */
final class AgeFile {
    private static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String END = "-----END AGE ENCRYPTED FILE-----";
    private static final String VERSION = "age-encryption.org/v1";
    private static final String X25519 = "X25519";
    private static final int NONCE = 16;
    private static final int TAG = 16;
    private static final int FILE_KEY = 16;
    private static final int CHUNK = 64 << 10;

    private final List<Stanza> stanzas = new ArrayList<>();
    private final byte[] macked;
    private final byte[] mac;
    private final byte[] payload;

    /** One recipient. */
    private record Stanza(List<String> words, byte[] body) {}

    private AgeFile(byte[] binary) throws DecryptionException {
        Lines lines = new Lines(binary);
        if (!lines.next().equals(VERSION)) {
            throw new DecryptionException("is no text encrypted with age 1");
        }
        String line = lines.next();
        while (line.startsWith("-> ")) {
            StringBuilder body = new StringBuilder();
            String part;
            do {
                part = lines.next();
                body.append(part);
            } while (part.length() == 64);
            stanzas.add(new Stanza(List.of(line.substring(3).split(" ")), base64(body.toString())));
            line = lines.next();
        }
        if (!line.startsWith("--- ")) {
            throw new DecryptionException("has a header of age that is cut off");
        }
        this.mac = base64(line.substring(4));
        this.macked = Arrays.copyOf(binary, lines.at - (line.length() + 1) + 3);
        this.payload = Arrays.copyOfRange(binary, lines.at, binary.length);
        if (payload.length < NONCE + TAG) {
            throw new DecryptionException("holds a text of age that is cut off");
        }
    }

    static AgeFile parse(String armoured) throws DecryptionException {
        String text = armoured.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new DecryptionException("holds a key that is not encrypted with age");
        }
        try {
            String base64 = text.substring(BEGIN.length(), text.length() - END.length());
            return new AgeFile(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new DecryptionException("holds a text of age that is damaged");
        }
    }

    /**
     * The decrypted payload; empty when it is for none of the keys.
     *
     * @throws DecryptionException when it is for one of the keys, and was changed since
     */
    Optional<byte[]> decrypt(List<AgeKey> keys) throws DecryptionException {
        for (Stanza stanza : stanzas) {
            for (AgeKey key : keys) {
                Optional<byte[]> fileKey = unwrap(stanza, key);
                if (fileKey.isPresent()) {
                    return Optional.of(open(fileKey.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> unwrap(Stanza stanza, AgeKey key) throws DecryptionException {
        if (stanza.words().size() != 2 || !stanza.words().get(0).equals(X25519)) {
            return Optional.empty();
        }
        byte[] share = base64(stanza.words().get(1));
        if (share.length != AgeKey.SIZE || stanza.body().length != FILE_KEY + TAG) {
            throw new DecryptionException("has a recipient of age that is damaged");
        }
        try {
            byte[] salt = concatenated(share, key.recipient());
            byte[] wrapping = derive(key.agree(share), salt, VERSION + "/" + X25519);
            return Optional.of(chacha(wrapping, new byte[12], stanza.body(), 0, stanza.body().length));
        } catch (GeneralSecurityException notForThisKey) {
            return Optional.empty();
        }
    }

    private byte[] open(byte[] fileKey) throws DecryptionException {
        try {
            byte[] expected = hmac(derive(fileKey, new byte[0], "header"), macked);
            if (!MessageDigest.isEqual(expected, mac)) {
                throw new DecryptionException("has a header of age that was changed since it was encrypted");
            }
            return stream(derive(fileKey, Arrays.copyOf(payload, NONCE), "payload"));
        } catch (GeneralSecurityException e) {
            throw new DecryptionException("holds a text of age that was changed since it was encrypted, or cut off");
        }
    }

    /** Chunks of 64 KiB, each with a counter of 11 bytes and a mark of the last one as its nonce. */
    private byte[] stream(byte[] key) throws GeneralSecurityException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        long counter = 0;
        int from = NONCE;
        do {
            int length = Math.min(CHUNK + TAG, payload.length - from);
            boolean last = from + length >= payload.length;
            byte[] nonce = ByteBuffer.allocate(12)
                    .putLong(3, counter++)
                    .put(11, (byte) (last ? 1 : 0))
                    .array();
            plain.writeBytes(chacha(key, nonce, payload, from, Math.max(length, 0)));
            from += length;
        } while (from < payload.length);
        return plain.toByteArray();
    }

    private static byte[] chacha(byte[] key, byte[] nonce, byte[] text, int from, int length)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher.doFinal(text, from, length);
    }

    /** HKDF with SHA-256 (RFC 5869), 32 bytes. */
    private static byte[] derive(byte[] secret, byte[] salt, String purpose) throws GeneralSecurityException {
        byte[] extracted = hmac(salt.length == 0 ? new byte[32] : salt, secret);
        return hmac(extracted, concatenated(purpose.getBytes(StandardCharsets.UTF_8), new byte[] {1}));
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] base64(String text) throws DecryptionException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
                throw new IllegalArgumentException("not the one text for these bytes");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new DecryptionException("has a header of age that is damaged");
        }
    }

    /** The lines of the header, which is text before bytes. */
    private static final class Lines {
        private final byte[] bytes;
        private int at;

        Lines(byte[] bytes) {
            this.bytes = bytes;
        }

        String next() throws DecryptionException {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                throw new DecryptionException("has a header of age that is cut off");
            }
            String line = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
            at = end + 1;
            return line;
        }
    }
}
