package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.history.ProcessLock;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps a second process, or a second thread, out of a repository's cache. */
final class CacheLock {
    private CacheLock() {}

    static ProcessLock acquire(Path file, Duration atMost) throws IOException {
        try {
            return ProcessLock.of(file, atMost)
                    .orElseThrow(() -> new ClusterException("Another process has been fetching into "
                            + file.getParent() + " for " + atMost.toMinutes()
                            + " minutes. Wait for it, or stop it, and try again."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while another process was fetching");
        }
    }
}
