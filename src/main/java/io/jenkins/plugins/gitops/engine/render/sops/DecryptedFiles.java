package io.jenkins.plugins.gitops.engine.render.sops;

import io.jenkins.plugins.gitops.engine.model.HiddenTexts;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.Confidential;
import io.jenkins.plugins.gitops.engine.render.sops.EncryptedFile.Plain;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Those files of a rendering that SOPS encrypted, decrypted in memory. */
public final class DecryptedFiles {
    private final Map<Path, Plain> plain = new HashMap<>();
    private final SortedMap<String, byte[]> keys = new TreeMap<>();
    private HiddenTexts hidden = HiddenTexts.NONE;

    /**
     * Looks at each file, and decrypts what is encrypted.
     *
     * @param files by name for people
     * @throws InvalidInputException naming the file that cannot be decrypted
     */
    public DecryptedFiles(Decryption decryption, SortedMap<String, Path> files) {
        files.forEach((name, file) -> EncryptedFile.decrypt(decryption, name, read(name, file))
                .ifPresent(found -> {
                    plain.put(file, found);
                    keys.put(name, found.decrypted().dataKey());
                    hidden = hidden.and(found.decrypted().hidden());
                }));
    }

    private static byte[] read(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Limits.DEFAULT.bytes());
        } catch (IOException e) {
            throw new InvalidInputException(name, "cannot be read: " + e.getMessage());
        }
    }

    public boolean isEmpty() {
        return plain.isEmpty();
    }

    /** The plain text of an encrypted file; empty for one that is not encrypted. */
    public Optional<byte[]> text(Path file) {
        return Optional.ofNullable(plain.get(file)).map(Plain::text);
    }

    /** Writes a file as a tool shall read it: decrypted, or as it is. */
    public void write(Path file, Path target) throws IOException {
        Optional<byte[]> text = text(file);
        Files.write(target, text.isPresent() ? text.get() : Files.readAllBytes(file));
    }

    /** Empty when nothing was encrypted. */
    public Optional<Confidential> confidential() {
        return isEmpty() ? Optional.empty() : Optional.of(new Confidential(hidden, key()));
    }

    /** Of the keys of all files, so that who can read one of them alone cannot read what was made of all. */
    private byte[] key() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("render cache".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            keys.values().forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
