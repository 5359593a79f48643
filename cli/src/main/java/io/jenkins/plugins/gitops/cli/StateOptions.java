package io.jenkins.plugins.gitops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the command line remembers things between two runs. */
final class StateOptions {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder for what earlier checks saw. Default: $${XDG_STATE_HOME:-~/.local/state}/gitops.")
    private Path folder;

    StateStore store(Console console) {
        Path chosen = folder == null
                ? console.folder("XDG_STATE_HOME", ".local/state")
                : console.workingFolder().resolve(folder);
        return new StateStore(chosen, warning -> console.err().println("Warning: " + warning));
    }
}
