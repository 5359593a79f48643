package io.jenkins.plugins.gitops.engine.cluster;

/** The API server answered, and refused. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiStatus status;

    public ApiException(ApiStatus status) {
        super(status.message());
        this.status = status;
    }

    public ApiStatus status() {
        return status;
    }
}
