package io.jenkins.plugins.gitops.cluster;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/** Certificates as people paste them: PEM, or PEM in base64 as a kubeconfig has it. */
final class Pem {
    private Pem() {}

    /** Base64 of PEM, as fabric8 and kubeconfigs want it. */
    static String base64(String text) {
        String stripped = text.strip();
        return stripped.startsWith("-----")
                ? Base64.getEncoder().encodeToString((stripped + "\n").getBytes(StandardCharsets.UTF_8))
                : stripped.replaceAll("\\s", "");
    }

    /** @throws CertificateException when it is no certificate */
    static void check(String text) throws CertificateException {
        first(base64(text));
    }

    /**
     * The algorithm of the key that belongs to a certificate, such as {@code RSA} or {@code EC}.
     *
     * @throws InvalidInputException when it is no certificate
     */
    static String keyAlgorithm(String base64) {
        try {
            return first(base64).getPublicKey().getAlgorithm();
        } catch (CertificateException e) {
            throw new InvalidInputException("client certificate", e.getMessage());
        }
    }

    private static Certificate first(String base64) throws CertificateException {
        try {
            byte[] pem = Base64.getDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("there is no certificate in it"));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("it is neither PEM nor base64", e);
        }
    }
}
