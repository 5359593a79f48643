package io.jenkins.plugins.gitops.engine.cluster;

/** The thread was interrupted while it waited for the cluster: somebody asked to stop. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("stopped by request");
    }
}
