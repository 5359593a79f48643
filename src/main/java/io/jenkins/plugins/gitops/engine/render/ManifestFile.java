package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.yaml.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file of the checkout, never more of it than the YAML reader will take. */
final class ManifestFile {
    private final Consumer<Problem> problems;

    ManifestFile(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** The bytes of the file, or one more than the limit when it is longer; none when it cannot be read. */
    byte[] read(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Limits.DEFAULT.bytes() + 1);
        } catch (IOException e) {
            problems.accept(new Problem(name, "cannot be read: " + e.getMessage()));
            return new byte[0];
        }
    }
}
