package io.jenkins.plugins.gitops.engine.render.signature;

/** What came of checking one signature; its texts follow the name of the object that was signed. */
sealed interface Verdict {
    /** @param signer as people know it, and the key's fingerprint */
    record Trusted(String signer) implements Verdict {}

    /**
     * Not accepted.
     *
     * @param why such as {@code is not signed}
     * @param remedy what to do, a sentence without its end
     */
    record Refused(String why, String remedy) implements Verdict {}
}
