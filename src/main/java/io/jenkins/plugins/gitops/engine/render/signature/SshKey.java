package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * A public key in SSH's form (RFC 4253, 5656, 8709) and the signatures that it makes. Keys of security devices
 * ({@code sk-…}) and certificates are not supported.
 *
 * @param blob the key as SSH writes it, which is also its identity
 */
record SshKey(String type, byte[] blob) {
    /** All that an Ed25519 key's X.509 form has before its 32 bytes (RFC 8410). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LEAST_RSA_BITS = 2048;

    /** By the name that SSH gives a curve: Java's name, the length of a coordinate, and the hash that goes with it. */
    private static final Map<String, Curve> CURVES = Map.of(
            "nistp256", new Curve("secp256r1", 32, "SHA256withECDSAinP1363Format"),
            "nistp384", new Curve("secp384r1", 48, "SHA384withECDSAinP1363Format"),
            "nistp521", new Curve("secp521r1", 66, "SHA512withECDSAinP1363Format"));

    private record Curve(String name, int length, String algorithm) {}

    static SshKey of(byte[] blob) {
        return new SshKey(new SshText(blob).text(), blob);
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(blob));
    }

    boolean isSameAs(SshKey other) {
        return Arrays.equals(blob, other.blob);
    }

    /**
     * Whether a signature of this key is of these bytes.
     *
     * @param signature in SSH's form: the algorithm, and what it made
     * @throws GeneralSecurityException when the key or the algorithm is not supported, with words for people
     */
    boolean verifies(byte[] signed, byte[] signature) throws GeneralSecurityException {
        SshText read = new SshText(signature);
        String algorithm = read.text();
        byte[] value = read.bytes();
        SshText key = new SshText(blob);
        key.text();
        return switch (type) {
            case "ssh-ed25519" -> algorithm.equals(type) && verifies("Ed25519", ed25519(key.bytes()), signed, value);
            case "ssh-rsa" -> verifies(rsaHash(algorithm), rsa(key.integer(), key.integer()), signed, value);
            case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> {
                Curve curve = CURVES.get(key.text());
                yield algorithm.equals(type)
                        && verifies(curve.algorithm(), ec(curve, key.bytes()), signed, joined(curve, value));
            }
            default ->
                throw new GeneralSecurityException("SSH keys of type " + type
                        + " are not supported; there are ssh-ed25519, ecdsa-sha2-nistp256, -384, -521, and ssh-rsa");
        };
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, byte[] value)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(signed);
        try {
            return verifier.verify(value);
        } catch (java.security.SignatureException malformed) {
            // Not a signature at all, so not one of this key.
            return false;
        }
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + point.length);
        System.arraycopy(point, 0, encoded, ED25519.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static PublicKey rsa(BigInteger exponent, BigInteger modulus) throws GeneralSecurityException {
        if (modulus.bitLength() < LEAST_RSA_BITS) {
            throw new GeneralSecurityException(
                    "RSA keys of " + modulus.bitLength() + " bits are too short; " + LEAST_RSA_BITS + " are the least");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static String rsaHash(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "rsa-sha2-256" -> "SHA256withRSA";
            case "rsa-sha2-512" -> "SHA512withRSA";
            default ->
                throw new GeneralSecurityException("RSA signatures made with " + algorithm + " are not accepted");
        };
    }

    private static PublicKey ec(Curve curve, byte[] point) throws GeneralSecurityException {
        if (point.length != 1 + 2 * curve.length() || point[0] != 4) {
            throw new GeneralSecurityException("the ECDSA key is malformed");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.name()));
        ECPoint at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + curve.length())),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + curve.length(), point.length)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(at, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /** SSH writes two integers; Java takes both at their full length. */
    private static byte[] joined(Curve curve, byte[] value) throws GeneralSecurityException {
        SshText read = new SshText(value);
        byte[] both = new byte[2 * curve.length()];
        for (int i = 0; i < 2; i++) {
            BigInteger integer = read.integer();
            byte[] bytes = integer.toByteArray();
            int skipped = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
            int length = bytes.length - skipped;
            if (integer.signum() < 0 || length > curve.length()) {
                throw new GeneralSecurityException("the ECDSA signature is malformed");
            }
            System.arraycopy(bytes, skipped, both, (i + 1) * curve.length() - length, length);
        }
        return both;
    }
}
