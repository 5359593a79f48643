package io.jenkins.plugins.gitops.cluster;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
        try {
            byte[] pem = Base64.getDecoder().decode(base64(text));
            CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("there is no certificate in it"));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("it is neither PEM nor base64", e);
        }
    }
}
