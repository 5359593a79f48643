package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.compare.SetComparison;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.history.Repair;
import io.jenkins.plugins.gitops.engine.history.Repairs;
import io.jenkins.plugins.gitops.engine.history.Reports;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SetChanges;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitops history}: what was attempted with an application. */
@Command(
        name = "history",
        description = "List what was attempted with an application on this machine; show one attempt, or compare two.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:wrong input: options, application file, no such attempt, damaged history"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops history --app gitops.yaml",
            "  gitops history --app gitops.yaml show 12",
            "  gitops history --name shop --namespace shop --compare 11 12"
        })
final class HistoryCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private StateOptions state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many attempts are listed, the newest first; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--compare",
            paramLabel = "ID",
            arity = "2",
            description = "Say how what two attempts wanted differs, from the first to the second.")
    private List<Integer> compare;

    @Parameters(paramLabel = "show ID", arity = "0..2", description = "Show one attempt with its report.")
    private List<String> show;

    HistoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    /** The document of a list. {@code pin} is null when the application is not pinned. */
    record Listed(int schemaVersion, String application, Pin pin, List<Attempt> attempts) {}

    /**
     * The document of one attempt.
     *
     * @param repairs how the drift ended that a check found
     */
    record Shown(int schemaVersion, Attempt attempt, Reports reports, List<Repair> repairs) {
        static final int SCHEMA_VERSION = 2;
    }

    @Override
    public Integer call() throws IOException {
        Application application = options.applicationOrName(console);
        Attempts attempts = new Attempts(state.history(console, application), application.name());
        if (compare != null) {
            print(changes(attempts));
        } else if (show != null) {
            print(shown(attempts));
        } else {
            print(listed(attempts.history(), application));
        }
        return ExitCode.DONE;
    }

    private Listed listed(History history, Application application) throws IOException {
        if (limit < 0) {
            throw new InvalidInputException("--limit", "is how many attempts are listed: 0 for all, or more");
        }
        List<Attempt> listed =
                history.attempts().limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
        return new Listed(
                DriftReport.SCHEMA_VERSION, application.name(), history.pin().orElse(null), listed);
    }

    private Shown shown(Attempts attempts) throws IOException {
        if (show.size() != 2
                || !show.getFirst().equals("show")
                || !show.getLast().matches("[0-9]{1,8}")) {
            throw new InvalidInputException("history", "takes nothing, or: show ID, such as: gitops history show 12");
        }
        Attempt attempt = attempts.get(Integer.parseInt(show.getLast()));
        return new Shown(
                Shown.SCHEMA_VERSION,
                attempt,
                attempts.history().reports(attempt),
                new Repairs(attempts.history()).of(attempt));
    }

    private SetChanges changes(Attempts attempts) throws IOException {
        Attempt from = attempts.get(compare.getFirst());
        Attempt to = attempts.get(compare.getLast());
        return new SetChanges(
                DriftReport.SCHEMA_VERSION,
                from.application(),
                from.id(),
                to.id(),
                new SetComparison().between(attempts.wanted(from), attempts.wanted(to)));
    }

    private void print(Object document) {
        if (common.json()) {
            console.out().println(ReportJson.pretty(document));
            return;
        }
        HistoryText text = new HistoryText(console.style(), new Moments(Instant.now()));
        console.out()
                .print(
                        switch (document) {
                            case Listed listed -> text.list(listed);
                            case Shown shown -> text.attempt(shown);
                            case SetChanges changes -> text.changes(changes);
                            default -> throw new IllegalArgumentException(document.toString());
                        });
    }
}
