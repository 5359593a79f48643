package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.Application;
import java.nio.file.Path;

/** Reads the file form of an application. */
public final class ApplicationFile {
    /**
     * The application that the file declares. A relative repository ({@code .}, {@code ./x}, {@code ../x}) is made absolute
     * against the file's folder.
     *
     * @throws io.jenkins.plugins.gitops.engine.model.InvalidInputException with every problem of the file
     */
    public Application read(Path file) {
        throw new UnsupportedOperationException("not yet");
    }
}
