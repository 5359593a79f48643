package io.jenkins.plugins.gitops.engine.render.sops;

/** A file that cannot be decrypted; the message continues its name, and quotes nothing that was decrypted. */
final class DecryptionException extends Exception {
    private static final long serialVersionUID = 1L;

    DecryptionException(String message) {
        super(message);
    }
}
