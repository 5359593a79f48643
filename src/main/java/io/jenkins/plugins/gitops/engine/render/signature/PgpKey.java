package io.jenkins.plugins.gitops.engine.render.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * A key of a ring, the primary one or a subkey, and what its primary key says of it (RFC 9580, section 5.2): only statements
 * whose own signature holds count, and of several the latest.
 */
final class PgpKey {
    private final PGPPublicKeyRing ring;
    private final PGPPublicKey key;

    PgpKey(PGPPublicKeyRing ring, PGPPublicKey key) {
        this.ring = ring;
        this.key = key;
    }

    static String shown(PGPPublicKeyRing ring) {
        Iterator<String> users = ring.getPublicKey().getUserIDs();
        return (users.hasNext() ? users.next() + " " : "") + "(GPG key " + fingerprint(ring.getPublicKey()) + ")";
    }

    private static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().formatHex(key.getFingerprint()).toUpperCase(Locale.ROOT);
    }

    /** Whose key it is, and the fingerprint of the primary key. */
    String shown() {
        return shown(ring);
    }

    /** Why signatures of this key are not accepted; empty when they are. */
    Optional<String> refusal(Instant now) {
        PGPPublicKey primary = ring.getPublicKey();
        List<PGPSignature> ofPrimary = selfSignatures();
        if (has(primary, PGPSignature.KEY_REVOCATION)) {
            return Optional.of("is revoked");
        }
        Optional<String> expired = expiry(primary, latest(ofPrimary), now);
        if (expired.isPresent() || key.getKeyID() == primary.getKeyID()) {
            return expired.isPresent() ? expired : notForSigning(latest(ofPrimary), "key");
        }
        if (has(key, PGPSignature.SUBKEY_REVOCATION)) {
            return Optional.of("has the subkey " + fingerprint(key) + ", which is revoked");
        }
        Optional<PGPSignature> binding = latest(bindings());
        if (binding.isEmpty()) {
            return Optional.of("does not vouch for the subkey " + fingerprint(key));
        }
        return expiry(key, binding, now).or(() -> notForSigning(binding, "subkey"));
    }

    /** The statements of the primary key about itself: on its user ids, and directly. */
    private List<PGPSignature> selfSignatures() {
        PGPPublicKey primary = ring.getPublicKey();
        List<PGPSignature> found = new ArrayList<>();
        primary.getUserIDs().forEachRemaining(user -> {
            Iterator<PGPSignature> signatures = primary.getSignaturesForID(user);
            while (signatures != null && signatures.hasNext()) {
                PGPSignature signature = signatures.next();
                if (PGPSignature.isCertification(signature.getSignatureType())
                        && holds(signature, () -> signature.verifyCertification(user, primary))) {
                    found.add(signature);
                }
            }
        });
        primary.getSignaturesOfType(PGPSignature.DIRECT_KEY).forEachRemaining(signature -> {
            if (holds(signature, () -> signature.verifyCertification(primary))) {
                found.add(signature);
            }
        });
        return found;
    }

    private List<PGPSignature> bindings() {
        List<PGPSignature> found = new ArrayList<>();
        key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING).forEachRemaining(signature -> {
            if (holds(signature, () -> signature.verifyCertification(ring.getPublicKey(), key))) {
                found.add(signature);
            }
        });
        return found;
    }

    private boolean has(PGPPublicKey revoked, int type) {
        PGPPublicKey primary = ring.getPublicKey();
        Iterator<PGPSignature> signatures = revoked.getSignaturesOfType(type);
        while (signatures.hasNext()) {
            PGPSignature signature = signatures.next();
            boolean holds = holds(
                    signature,
                    () -> type == PGPSignature.KEY_REVOCATION
                            ? signature.verifyCertification(primary)
                            : signature.verifyCertification(primary, revoked));
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private interface Check {
        boolean holds() throws PGPException;
    }

    private boolean holds(PGPSignature signature, Check check) {
        try {
            if (signature.getKeyID() != ring.getPublicKey().getKeyID()) {
                return false;
            }
            signature.init(new BcPGPContentVerifierBuilderProvider(), ring.getPublicKey());
            return check.holds();
        } catch (PGPException | RuntimeException e) {
            // What cannot be checked does not count.
            return false;
        }
    }

    private static Optional<PGPSignature> latest(List<PGPSignature> signatures) {
        return signatures.stream().max((one, other) -> one.getCreationTime().compareTo(other.getCreationTime()));
    }

    private static Optional<String> expiry(PGPPublicKey of, Optional<PGPSignature> statement, Instant now) {
        if (statement.isEmpty()) {
            return Optional.of("has no user id that its own signature confirms");
        }
        PGPSignatureSubpacketVector hashed = statement.get().getHashedSubPackets();
        long seconds = hashed == null ? 0 : hashed.getKeyExpirationTime();
        Instant end = of.getCreationTime().toInstant().plus(Duration.ofSeconds(seconds));
        return seconds > 0 && !now.isBefore(end) ? Optional.of("expired on " + end) : Optional.empty();
    }

    private static Optional<String> notForSigning(Optional<PGPSignature> statement, String what) {
        PGPSignatureSubpacketVector hashed = statement.orElseThrow().getHashedSubPackets();
        boolean told =
                hashed != null && hashed.getSubpacket(org.bouncycastle.bcpg.SignatureSubpacketTags.KEY_FLAGS) != null;
        return told && (hashed.getKeyFlags() & KeyFlags.SIGN_DATA) == 0
                ? Optional.of("is not made for signing (its " + what + " flags say so)")
                : Optional.empty();
    }
}
