package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Secrets in a history are encrypted with: AES-256 in GCM, a fresh nonce of 12 bytes before each text. Names of encrypted
 * texts are made with the key too, for a plain digest of a short password could be guessed.
 */
public final class HistoryKey {
    private static final int SIZE = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] encryption;
    private final byte[] naming;
    private final SecureRandom random = new SecureRandom();

    /** @param secret 32 bytes that nobody else knows */
    public HistoryKey(byte[] secret) {
        if (secret.length != SIZE) {
            throw new IllegalArgumentException("a history key has " + SIZE + " bytes, not " + secret.length);
        }
        // Two keys of one, so that neither use tells anything about the other.
        this.encryption = hmac(secret, "encryption");
        this.naming = hmac(secret, "naming");
    }

    /**
     * The key of a file, which is made, for its owner alone, when it is not there.
     *
     * @throws InvalidInputException when the file is no key, or others may read it
     */
    public static HistoryKey ofFile(Path file) throws IOException {
        if (Files.notExists(file)) {
            create(file);
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.removeAll(PosixFilePermissions.fromString("rwx------"));
            if (!others.isEmpty()) {
                throw new InvalidInputException(
                        file.toString(), "others may read the key of the history's Secrets; chmod 600 it");
            }
        }
        try {
            return new HistoryKey(Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).trim()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "this is no key of a history (32 bytes in base64). Restore it from a backup; without it the Secrets of"
                            + " earlier syncs cannot be restored");
        }
    }

    private static void create(Path file) throws IOException {
        Path folder = SafeFiles.folder(file);
        Files.createDirectories(folder);
        byte[] secret = fresh();
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path temporary = Files.createTempFile(folder, ".key", ".tmp", attributes);
        try {
            // Forced, for what is encrypted with a key that the machine then forgets is lost.
            Files.writeString(
                    temporary,
                    Base64.getEncoder().encodeToString(secret) + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            // A link, not a move: of two processes that make one at the same time, the second takes the first's.
            Files.createLink(file, temporary);
            SafeFiles.force(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static byte[] fresh() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(SIZE * Byte.SIZE);
            return generator.generateKey().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    /** Names this key; tells nothing about it. */
    String id() {
        return HexFormat.of().formatHex(hmac(naming, "id"), 0, 8);
    }

    /** A name of the text that only an owner of the key can compute; 64 hexadecimal digits. */
    String name(byte[] text) {
        return HexFormat.of().formatHex(hmac(naming, text));
    }

    byte[] encrypt(byte[] text) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, text, 0, text.length);
        byte[] result = Arrays.copyOf(nonce, NONCE + encrypted.length);
        System.arraycopy(encrypted, 0, result, NONCE, encrypted.length);
        return result;
    }

    /** @throws DamagedException when this key did not encrypt it, or it was changed since */
    byte[] decrypt(byte[] encrypted) throws DamagedException {
        try {
            byte[] nonce = Arrays.copyOf(encrypted, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce, encrypted, NONCE, encrypted.length - NONCE);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new DamagedException("it was encrypted with another key, or changed since");
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] text, int from, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(encryption, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text, from, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
