package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gitops unpin}: lets an application follow Git again. */
@Command(
        name = "unpin",
        description = "Let a pinned application follow Git again. Writes nothing to the cluster: the next sync does.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:un-pinned", "2:wrong input: options, application file, it is not pinned"},
        footerHeading = "%nExample:%n",
        footer = "  gitops unpin --app gitops.yaml && gitops sync --app gitops.yaml")
final class UnpinCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private StateOptions state;

    UnpinCommand(Console console) {
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
        Pin pin = history.pin()
                .orElseThrow(() -> new InvalidInputException(application.name(), "is not pinned, so it follows Git"));
        history.unpin();
        state.journal(console, history, "gitops unpin").unpinned(application.name(), pin, "");
        console.out()
                .println(
                        common.json()
                                ? ReportJson.pretty(pin)
                                : application.name() + " follows Git again; it was pinned to attempt " + pin.attempt());
        return ExitCode.DONE;
    }
}
