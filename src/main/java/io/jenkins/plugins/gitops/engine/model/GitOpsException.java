package io.jenkins.plugins.gitops.engine.model;

/**
 * An attempt ended before its report could say so object by object. The message is for the person who must act; the
 * subclasses say who that is and give the exit code of the command line (SEMANTICS 10).
 */
public abstract sealed class GitOpsException extends RuntimeException
        permits InvalidInputException, ClusterException, RefusedException {
    private static final long serialVersionUID = 1L;

    GitOpsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** 2 input or configuration, 3 cluster or network, 4 refused. */
    public abstract int exitCode();
}
