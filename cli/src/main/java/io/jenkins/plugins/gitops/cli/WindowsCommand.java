package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.WindowsReport;
import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops windows}: when an application may be synced. */
@Command(
        name = "windows",
        description = "Say whether the sync windows of an application allow a sync, and from when on. Asks no cluster.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:wrong input: options or application file"},
        footerHeading = "%nExamples:%n",
        footer = {"  gitops windows --app gitops.yaml", "  gitops windows --app gitops.yaml --at 2026-12-24T12:00:00Z"})
final class WindowsCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Option(names = "--at", paramLabel = "TIME", description = "At another moment than now: 2026-12-24T12:00:00Z.")
    private Instant at;

    WindowsCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        SyncWindows windows = SyncWindows.of(options.applicationOrName(console));
        WindowsReport report = windows.report(at == null ? Instant.now() : at);
        console.out().println(common.json() ? ReportJson.pretty(report) : text(report));
        return ExitCode.DONE;
    }

    private String text(WindowsReport report) {
        List<WindowsReport.Window> windows = report.windows();
        if (windows.isEmpty()) {
            return report.application() + " has no sync windows: it may be synced at any time";
        }
        String lines = windows.stream().map(this::line).collect(Collectors.joining("\n"));
        String verdict =
                report.automaticSyncFrom() != null && report.automaticSyncFrom().equals(report.time())
                        ? console.style().green(report.message())
                        : console.style().yellow(report.message()) + "\n  by itself from "
                                + from(report.automaticSyncFrom()) + ", by hand from " + from(report.manualSyncFrom());
        return lines + "\n" + verdict;
    }

    private static String from(Instant time) {
        return time == null ? "no moment in sight" : time.toString();
    }

    private String line(WindowsReport.Window window) {
        ZoneId zone = ZoneId.of(window.timeZone());
        String when = window.start() == null
                ? "never"
                : (window.open() ? "open    " : "closed  ")
                        + window.start().atZone(zone).toOffsetDateTime() + " to "
                        + window.end().atZone(zone).toOffsetDateTime();
        return String.format(
                "%-5s  %-18s %-8s %-20s %s%s",
                window.kind(),
                window.schedule(),
                window.duration(),
                window.timeZone(),
                when,
                window.manualSync() ? "  manualSync" : "");
    }
}
