package io.jenkins.plugins.gitops.engine.model;

/** The request is understood and could be carried out, but a rule forbids it; nothing was written. */
public final class RefusedException extends GitOpsException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message, null);
    }

    @Override
    public int exitCode() {
        return 4;
    }
}
