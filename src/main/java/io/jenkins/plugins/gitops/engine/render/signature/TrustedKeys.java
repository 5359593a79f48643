package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** The keys that an application trusts: armoured GPG public keys, and SSH public keys. */
final class TrustedKeys {
    private static final Pattern PGP = Pattern.compile(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----.*?-----END PGP PUBLIC KEY BLOCK-----", Pattern.DOTALL);

    private final List<PGPPublicKeyRing> rings = new ArrayList<>();
    private final List<Ssh> ssh = new ArrayList<>();

    /** An SSH key and who has it. */
    record Ssh(SshKey key, String name, SshValidity validity) {
        String shown() {
            return (name.isEmpty() ? "" : name + " ") + "(SSH key " + key.fingerprint() + ")";
        }

        /** Why it is not valid; empty when it is. */
        Optional<String> notValidAt(Instant moment) {
            return validity.refusal(moment);
        }
    }

    /**
     * Reads keys.
     *
     * @param texts each one or several keys: {@code -----BEGIN PGP PUBLIC KEY BLOCK-----} as {@code gpg --armor --export}
     *     writes them, lines of a {@code .pub} file, or of an allowed-signers file
     * @throws InvalidInputException when one is no key
     */
    static TrustedKeys read(List<String> texts) {
        TrustedKeys keys = new TrustedKeys();
        for (int i = 0; i < texts.size(); i++) {
            String option = "source.verify.keys[" + i + "]";
            int before = keys.rings.size() + keys.ssh.size();
            Matcher blocks = PGP.matcher(texts.get(i));
            while (blocks.find()) {
                keys.addPgp(option, blocks.group());
            }
            PGP.matcher(texts.get(i)).replaceAll("").lines().forEach(line -> keys.addSsh(option, line.strip()));
            if (keys.rings.size() + keys.ssh.size() == before) {
                throw new InvalidInputException(
                        option,
                        "holds no key; give what \"gpg --armor --export NAME\" prints, or the line of an SSH key's .pub file");
            }
        }
        return keys;
    }

    private void addPgp(String option, String block) {
        try {
            var in = PGPUtil.getDecoderStream(
                    new java.io.ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
            new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator())
                    .getKeyRings()
                    .forEachRemaining(rings::add);
        } catch (IOException | PGPException | RuntimeException e) {
            throw new InvalidInputException(option, "is no GPG public key: " + e.getMessage());
        }
    }

    private void addSsh(String option, String line) {
        if (!line.isEmpty() && !line.startsWith("#")) {
            ssh.add(SshKeyLine.read(option, line));
        }
    }

    List<PGPPublicKeyRing> pgp() {
        return rings;
    }

    Optional<Ssh> ssh(SshKey key) {
        return ssh.stream().filter(known -> known.key().isSameAs(key)).findFirst();
    }

    /** All of them, for people. */
    String shown() {
        return String.join(
                ", ",
                Stream.concat(ssh.stream().map(Ssh::shown), rings.stream().map(PgpKey::shown))
                        .toList());
    }
}
