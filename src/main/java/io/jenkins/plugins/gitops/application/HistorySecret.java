package io.jenkins.plugins.gitops.application;

import io.jenkins.plugins.gitops.engine.history.HistoryKey;
import java.io.IOException;
import jenkins.security.ConfidentialKey;
import jenkins.security.ConfidentialStore;

/**
 * What the Secrets of kept sets are encrypted with: 32 random bytes in Jenkins's own store of secrets, made when they are first
 * needed. A backup of the jobs alone cannot restore a Secret.
 */
final class HistorySecret extends ConfidentialKey {
    private static final int SIZE = 32;

    HistorySecret() {
        super("io.jenkins.plugins.gitops.history");
    }

    HistoryKey key() throws IOException {
        // One for the whole controller: two that make it at once must not get two.
        synchronized (HistorySecret.class) {
            byte[] secret = load();
            if (secret == null) {
                secret = ConfidentialStore.get().randomBytes(SIZE);
                store(secret);
            }
            return new HistoryKey(secret);
        }
    }
}
