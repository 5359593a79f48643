package io.jenkins.plugins.gitops.engine.model;

/** The cluster, the Git server or the network did not answer as it must. */
public final class ClusterException extends GitOpsException {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    public ClusterException(String message) {
        this(message, null, false);
    }

    public ClusterException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ClusterException(String message, Throwable cause, boolean mayPass) {
        super(message, cause);
        this.mayPass = mayPass;
    }

    /**
     * The same, and whether trying again later may help (SEMANTICS 7).
     *
     * @param mayPass a lost connection and a timeout may pass, refused credentials do not
     */
    public static ClusterException of(String message, Throwable cause, boolean mayPass) {
        return new ClusterException(message, cause, mayPass);
    }

    public boolean mayPass() {
        return mayPass;
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
