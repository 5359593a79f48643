package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.HistoryKey;
import io.jenkins.plugins.gitops.engine.history.Retention;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Where the command line remembers things between two runs. */
final class StateOptions {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Folder for what earlier runs saw and did. Default: $${XDG_STATE_HOME:-~/.local/state}/gitops.")
    private Path folder;

    StateStore store(Console console) {
        return new StateStore(chosen(console), new Warnings(console)::print);
    }

    /**
     * What was attempted with an application, in a folder beside its state. The key of its Secrets is elsewhere, so that
     * nobody copies both by accident.
     *
     * @throws InvalidInputException when the key cannot be used
     */
    History history(Console console, Application application) {
        Path key = console.folder("XDG_CONFIG_HOME", ".config").resolve("history.key");
        try {
            return new History(
                    chosen(console).resolve(application.uuid() + ".history"),
                    HistoryKey.ofFile(key),
                    Retention.of(application.history()),
                    Clock.systemUTC(),
                    new Warnings(console)::print);
        } catch (IOException e) {
            throw new InvalidInputException(
                    key.toString(), "the history's key cannot be read or made: " + e.getMessage());
        }
    }

    /** Writes what a command does into a history. */
    Journal journal(Console console, History history, String command) {
        return new Journal(history, System.getProperty("user.name"), command, new Warnings(console)::print);
    }

    private Path chosen(Console console) {
        return folder == null
                ? console.folder("XDG_STATE_HOME", ".local/state")
                : console.workingFolder().resolve(folder);
    }
}
