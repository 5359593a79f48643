package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops pin}: keeps an application at what a sync applied. */
@Command(
        name = "pin",
        description = {
            "Keep an application at what a sync applied, whatever Git says: watch heals towards it and syncs no new commit,",
            "and sync refuses. Writes nothing to the cluster: gitops rollback goes back to another attempt and pins it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:pinned", "2:wrong input: options, application file, nothing was synced yet"},
        footerHeading = "%nExamples:%n",
        footer = {"  gitops pin --app gitops.yaml --reason 'freeze until Monday'", "  gitops unpin --app gitops.yaml"})
final class PinCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private StateOptions state;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept with the pin.")
    private String reason;

    PinCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application application = options.applicationOrName(console);
        History history = state.history(console, application);
        Attempt last = new Attempts(history, application.name()).lastSynced();
        Pin pin =
                new Pin(last.id(), last.revision(), last.set(), System.getProperty("user.name"), Instant.now(), reason);
        history.pin(pin);
        state.journal(console, history, "gitops pin").pinned(application.name(), pin);
        console.out()
                .println(
                        common.json()
                                ? ReportJson.pretty(pin)
                                : application.name() + ": "
                                        + new HistoryText(console.style(), new Moments(Instant.now())).pin(pin));
        return ExitCode.DONE;
    }
}
