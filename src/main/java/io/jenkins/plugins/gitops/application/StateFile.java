package io.jenkins.plugins.gitops.application;

import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The {@link ApplicationState} on disk. Every change is written before it is seen, to a temporary file that is then moved.
 */
final class StateFile {
    private static final Logger LOGGER = Logger.getLogger(StateFile.class.getName());

    private final Supplier<File> jobFolder;
    private ApplicationState state;

    /** @param jobFolder where the item is now; it moves when the item does */
    StateFile(Supplier<File> jobFolder) {
        this.jobFolder = jobFolder;
        this.state = read();
    }

    synchronized ApplicationState get() {
        return state;
    }

    synchronized void update(UnaryOperator<ApplicationState> change) {
        ApplicationState next = change.apply(state);
        if (next.equals(state)) {
            return;
        }
        try {
            write(next);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(), e);
        }
        state = next;
    }

    private Path file() {
        return jobFolder.get().toPath().resolve("gitops-state.json");
    }

    private ApplicationState read() {
        Path file = file();
        if (!Files.exists(file)) {
            return ApplicationState.NEW;
        }
        try {
            return ReportJson.read(Files.readString(file), ApplicationState.class);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the application counts as never synced");
            return ApplicationState.NEW;
        }
    }

    private void write(ApplicationState next) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file(), StandardCharsets.UTF_8)) {
            writer.write(ReportJson.pretty(next));
            writer.commit();
        }
    }
}
