package io.jenkins.plugins.gitops.engine.render.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.IssuerFingerprint;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Checks signatures of {@code gpg --detach-sign}. */
final class PgpSignature {
    private static final List<Integer> STRONG = List.of(
            HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    private final TrustedKeys trusted;
    private final Instant now;

    PgpSignature(TrustedKeys trusted, Instant now) {
        this.trusted = trusted;
        this.now = now;
    }

    Verdict check(SignedText signed) {
        try {
            return check(signed.text(), read(signed.signature()));
        } catch (IOException | PGPException | RuntimeException e) {
            return new Verdict.Refused("has a GPG signature that cannot be checked: " + e.getMessage(), "Sign it anew");
        }
    }

    private static PGPSignature read(String armoured) throws IOException, PGPException {
        var in = new ArmoredInputStream(new ByteArrayInputStream(armoured.getBytes(StandardCharsets.US_ASCII)));
        if (new BcPGPObjectFactory(in).nextObject() instanceof PGPSignatureList list && list.size() == 1) {
            return list.get(0);
        }
        throw new PGPException("it does not hold one signature");
    }

    private Verdict check(byte[] text, PGPSignature signature) throws PGPException {
        Optional<PgpKey> found = Optional.empty();
        for (PGPPublicKeyRing ring : trusted.pgp()) {
            PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
            if (key == null || found.isPresent()) {
                continue;
            }
            PgpKey candidate = new PgpKey(ring, key);
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(text);
            if (!signature.verify()) {
                return new Verdict.Refused(
                        "has a bad signature: it names the key of " + candidate.shown()
                                + ", and its content is not what was signed",
                        "Find out who changed it");
            }
            found = Optional.of(candidate);
        }
        if (found.isEmpty()) {
            return new Verdict.Refused(
                    "is signed with the GPG key " + issuer(signature) + ", which is not trusted",
                    "Have it signed by one who is, or add that key");
        }
        PgpKey key = found.get();
        return refusal(signature)
                .map(why -> new Verdict.Refused(why.formatted(key.shown()), "Sign it anew"))
                .or(
                        () -> key.refusal(now)
                                .map(
                                        why -> new Verdict.Refused(
                                                "is signed by " + key.shown() + ", whose key " + why,
                                                "Have it signed with a key that is valid; if this one was prolonged, give it as it is now")))
                .<Verdict>map(refused -> refused)
                .orElseGet(() -> new Verdict.Trusted(key.shown()));
    }

    /** Why a signature is not accepted although the key made it; {@code %s} stands for who signed. */
    private Optional<String> refusal(PGPSignature signature) {
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            return Optional.of("has a signature of %s that is not one of a document");
        }
        if (!STRONG.contains(signature.getHashAlgorithm())) {
            return Optional.of("has a signature of %s made with a hash that is broken (SHA-1 or older)");
        }
        long seconds = signature.getHashedSubPackets() == null
                ? 0
                : signature.getHashedSubPackets().getSignatureExpirationTime();
        Instant end = signature.getCreationTime().toInstant().plus(Duration.ofSeconds(seconds));
        return seconds > 0 && !now.isBefore(end)
                ? Optional.of("has a signature of %s that expired on " + end)
                : Optional.empty();
    }

    private static String issuer(PGPSignature signature) {
        IssuerFingerprint fingerprint = signature.getHashedSubPackets() == null
                ? null
                : signature.getHashedSubPackets().getIssuerFingerprint();
        byte[] bytes = fingerprint == null
                ? HexFormat.of().parseHex(String.format("%016x", signature.getKeyID()))
                : fingerprint.getFingerprint();
        return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
