package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops watch}: reports drift as it happens, syncs new commits, and heals when told. */
@Command(
        name = "watch",
        description = "Stay: report drift within seconds, sync every new commit, and with --heal undo drift.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped by SIGINT or SIGTERM",
            "2:wrong input: options or application file",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops watch --app gitops.yaml",
            "  gitops watch --app gitops.yaml --heal --prune --interval 10s -o json",
            "",
            "Failures of Git or of the cluster are reported and tried again; they do not end the watch."
        })
final class WatchCommand implements GitOpsCommand {
    /** The process promises to be gone two seconds after a signal. */
    private static final Duration GONE_WITHIN = Duration.ofMillis(1700);

    private final Console console;
    private final Stop stop;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ToolOptions tools;

    @Mixin
    private PolicyOptions policy;

    @Mixin
    private StateOptions state;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = Durations.class,
            description = "How often Git is asked for new commits, at least 100ms. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(names = "--heal", description = "Undo drift: apply the last synced revision again.")
    private boolean heal;

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    WatchCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        stop.within(GONE_WITHIN);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new InvalidInputException("--interval", "asks Git without a pause: at least 100ms, such as 30s");
        }
        Application application = policy.applyTo(options.application(console));
        History history = state.history(console, application);
        Sources sources = new CacheFolder(console).sources(tools.tools(console));
        Dependencies dependencies = new Dependencies(
                application.name(),
                options.dependencies(console, application),
                new DependencyCheck(console, cluster, tools, sources));
        WatchText text = new WatchText(console.style());
        Watch watch = new Watch(
                application,
                sources,
                state.store(console),
                new Watch.Log(history, state.journal(console, history, "gitops watch")),
                () -> cluster.connect(console, application),
                new Watch.Settings(interval, heal, tools.tools(console), dependencies),
                event -> {
                    console.out().println(common.json() ? ReportJson.compact(event) : text.line(event));
                    console.out().flush();
                });
        watch.run();
        return ExitCode.DONE;
    }
}
