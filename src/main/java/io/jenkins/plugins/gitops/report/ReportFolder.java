package io.jenkins.plugins.gitops.report;

import hudson.model.Job;
import hudson.model.Run;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder {@code gitops} of a build or an application. It goes where they go: renamed, moved and deleted with them. */
record ReportFolder(Path path) {
    private static final String NAME = "gitops";

    /** @param slot which of the applications that the build reconciled, from 1 */
    static ReportFolder of(Run<?, ?> run, int slot) {
        Path folder = run.getRootDir().toPath().resolve(NAME);
        return new ReportFolder(slot == 1 ? folder : folder.resolve(Integer.toString(slot)));
    }

    static ReportFolder of(Job<?, ?> job) {
        return new ReportFolder(job.getRootDir().toPath().resolve(NAME));
    }

    /** Readers see the old document or the new one, never a part of it. */
    void write(ReportFile file, String text) throws IOException {
        Files.createDirectories(path);
        try (AtomicFileWriter writer = new AtomicFileWriter(path.resolve(file.fileName()), StandardCharsets.UTF_8)) {
            try {
                writer.write(text);
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }

    void delete(ReportFile file) throws IOException {
        Files.deleteIfExists(path.resolve(file.fileName()));
    }

    /** Empty when there is no such report. */
    <T> Optional<T> read(ReportFile file, Class<T> type) throws IOException {
        Optional<String> text = read(file);
        return text.isEmpty() ? Optional.empty() : Optional.of(ReportJson.read(text.get(), type));
    }

    /** Empty when there is no such document. */
    Optional<String> read(ReportFile file) throws IOException {
        try {
            return Optional.of(Files.readString(path.resolve(file.fileName()), StandardCharsets.UTF_8));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
