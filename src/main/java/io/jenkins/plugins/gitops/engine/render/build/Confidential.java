package io.jenkins.plugins.gitops.engine.render.build;

import io.jenkins.plugins.gitops.engine.model.HiddenTexts;

/**
 * What is secret of a rendering that reads encrypted files.
 *
 * @param hidden the texts that were encrypted
 * @param key 32 bytes that only those can know who can decrypt the files: what is kept of the result is encrypted with it
 */
public record Confidential(HiddenTexts hidden, byte[] key) {
    /** Without the key. */
    @Override
    public String toString() {
        return hidden.toString();
    }
}
