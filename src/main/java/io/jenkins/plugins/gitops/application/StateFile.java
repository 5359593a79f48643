package io.jenkins.plugins.gitops.application;

import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The {@link ApplicationState} on disk. A change is on disk before it is seen. */
final class StateFile {
    private static final Logger LOGGER = Logger.getLogger(StateFile.class.getName());

    private final JobFile file;
    private ApplicationState state;

    StateFile(Supplier<File> jobFolder) {
        this.file = new JobFile(jobFolder, "gitops-state.json");
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
            file.write(ReportJson.pretty(next));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        state = next;
    }

    private ApplicationState read() {
        try {
            Optional<String> json = file.read();
            return json.isEmpty() ? ApplicationState.NEW : ReportJson.read(json.get(), ApplicationState.class);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the application counts as never synced");
            return ApplicationState.NEW;
        }
    }
}
