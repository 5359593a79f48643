package io.jenkins.plugins.gitops.engine.render.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Checks signatures of {@code ssh-keygen -Y sign -n git} (OpenSSH, PROTOCOL.sshsig). */
final class SshSignature {
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String NAMESPACE = "git";

    private final TrustedKeys trusted;
    private final Instant now;

    SshSignature(TrustedKeys trusted, Instant now) {
        this.trusted = trusted;
        this.now = now;
    }

    Verdict check(SignedText signed) {
        try {
            return check(signed.text(), new SshText(decoded(signed.signature())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Verdict.Refused(
                    "has an SSH signature that cannot be checked: " + e.getMessage(), "Sign it with another key");
        }
    }

    private static byte[] decoded(String armoured) {
        String text = armoured.replace(SignedText.SSH, "").replace("-----END SSH SIGNATURE-----", "");
        return Base64.getMimeDecoder().decode(text);
    }

    private Verdict check(byte[] text, SshText signature) throws GeneralSecurityException {
        if (!Arrays.equals(signature.raw(MAGIC.length), MAGIC) || signature.number() != 1) {
            throw new IllegalArgumentException("it is of an unknown version");
        }
        SshKey key = SshKey.of(signature.bytes());
        String namespace = signature.text();
        byte[] reserved = signature.bytes();
        String hash = signature.text();
        byte[] value = signature.bytes();
        signature.end();
        Optional<TrustedKeys.Ssh> known = trusted.ssh(key);
        if (known.isEmpty()) {
            return new Verdict.Refused(
                    "is signed with the SSH key " + key.fingerprint() + ", which is not trusted",
                    "Have it signed by one who is, or add that key");
        }
        String signer = known.get().shown();
        if (!namespace.equals(NAMESPACE)) {
            return new Verdict.Refused(
                    "has a signature of " + signer + " that was made for \"" + namespace + "\", not for Git",
                    "Sign it with git commit -S or git tag -s");
        }
        if (!key.verifies(wrapped(namespace, reserved, hash, text), value)) {
            return new Verdict.Refused(
                    "has a bad signature: it names the key of " + signer + ", and its content is not what was signed",
                    "Find out who changed it");
        }
        return known.get()
                .notValidAt(now)
                .<Verdict>map(why -> new Verdict.Refused(
                        "is signed by " + signer + ", whose key " + why,
                        "Have it signed with a key that is valid, or change how long this one is"))
                .orElseGet(() -> new Verdict.Trusted(signer));
    }

    private static byte[] wrapped(String namespace, byte[] reserved, String hash, byte[] text)
            throws GeneralSecurityException {
        String algorithm =
                switch (hash) {
                    case "sha256" -> "SHA-256";
                    case "sha512" -> "SHA-512";
                    default -> throw new GeneralSecurityException("the hash " + hash + " is not accepted");
                };
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(MAGIC);
        all.writeBytes(SshText.written(namespace.getBytes(StandardCharsets.US_ASCII)));
        all.writeBytes(SshText.written(reserved));
        all.writeBytes(SshText.written(hash.getBytes(StandardCharsets.US_ASCII)));
        all.writeBytes(SshText.written(MessageDigest.getInstance(algorithm).digest(text)));
        return all.toByteArray();
    }
}
