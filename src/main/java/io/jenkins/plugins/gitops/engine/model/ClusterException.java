package io.jenkins.plugins.gitops.engine.model;

/** The cluster, the Git server or the network did not answer as it must. */
public final class ClusterException extends GitOpsException {
    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message, null);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
