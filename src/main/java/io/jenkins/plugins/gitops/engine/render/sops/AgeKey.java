package io.jenkins.plugins.gitops.engine.render.sops;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** A secret key of age, of the kind X25519 ({@code AGE-SECRET-KEY-1…}). Prints as its public half. */
final class AgeKey {
    static final int SIZE = 32;

    private static final String SECRET = "age-secret-key-";
    private static final String PUBLIC = "age";
    private static final byte[] BASE_POINT = Arrays.copyOf(new byte[] {9}, SIZE);

    private final PrivateKey secret;
    private final byte[] recipient;

    private AgeKey(PrivateKey secret) throws GeneralSecurityException {
        this.secret = secret;
        this.recipient = agree(BASE_POINT);
    }

    /** Empty when the text is no such key. */
    static Optional<AgeKey> parse(String text) {
        Optional<byte[]> scalar = Bech32.decode(SECRET, text).filter(bytes -> bytes.length == SIZE);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        try {
            PrivateKey key = KeyFactory.getInstance("X25519")
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar.get()));
            return Optional.of(new AgeKey(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no X25519", e);
        }
    }

    /** The public key, 32 bytes. */
    byte[] recipient() {
        return recipient.clone();
    }

    /** What both sides know: 32 bytes. */
    byte[] agree(byte[] otherPublic) throws GeneralSecurityException {
        byte[] bigEndian = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bigEndian[i] = otherPublic[SIZE - 1 - i];
        }
        // The highest bit is to be ignored (RFC 7748, 5).
        bigEndian[0] &= 0x7f;
        PublicKey other = KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(secret);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    @Override
    public String toString() {
        return Bech32.encode(PUBLIC, recipient);
    }
}
