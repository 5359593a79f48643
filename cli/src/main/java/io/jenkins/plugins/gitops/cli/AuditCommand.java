package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.history.AuditEntry;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops audit}: who did what with an application. */
@Command(
        name = "audit",
        description = "List who synced, approved, rolled back, pinned and deleted an application on this machine.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:wrong input: options or application file"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops audit --app gitops.yaml",
            "  gitops audit --app gitops.yaml --since 2026-01-01T00:00:00Z -o json >> audit.jsonl",
            "",
            "With -o json every entry is a line."
        })
final class AuditCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private StateOptions state;

    @Option(names = "--since", paramLabel = "TIME", description = "Only from then on: 2026-01-01T00:00:00Z.")
    private Instant since;

    AuditCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application application = options.applicationOrName(console);
        for (AuditEntry entry : state.history(console, application).audit().entries()) {
            if (since == null || !entry.time().isBefore(since)) {
                console.out().println(common.json() ? ReportJson.compact(entry) : line(entry));
            }
        }
        console.out().flush();
        return ExitCode.DONE;
    }

    private String line(AuditEntry entry) {
        List<String> parts = new ArrayList<>();
        if (entry.attempt() > 0) {
            parts.add("attempt " + entry.attempt());
        }
        if (entry.target() > 0) {
            parts.add("to attempt " + entry.target());
        }
        parts.add(entry.result());
        parts.add(Revisions.shortened(entry.revision()));
        parts.add(String.join(", ", entry.objects()));
        parts.add(entry.reason().replaceAll("\\s*\\R\\s*", "; "));
        parts.removeIf(String::isEmpty);
        return "%s  %-8s  %-12s  %-16s  %s"
                .formatted(
                        new Moments(Instant.now()).exact(entry.time()),
                        entry.action(),
                        entry.by(),
                        entry.how(),
                        String.join("  ", parts))
                .stripTrailing();
    }
}
