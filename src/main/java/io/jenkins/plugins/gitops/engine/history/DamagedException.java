package io.jenkins.plugins.gitops.engine.history;

import java.io.IOException;

/** A file of the history is torn, foreign, of a newer version, or encrypted with another key. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }
}
