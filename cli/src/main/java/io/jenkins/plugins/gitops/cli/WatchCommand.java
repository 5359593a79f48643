package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.heal.HealPace;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.OnDrift;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
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

    @Option(
            names = "--heal",
            negatable = true,
            description = "Undo drift: apply the last synced revision again. Default: what sync.drift of --app says.")
    private Boolean heal;

    @Option(
            names = "--heal-pause",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = Durations.class,
            description = {
                "How long a field that came back is left before it is healed again; after each later return three times",
                "as long, and after the sixth it is a fight. At least 100ms. Default: ${DEFAULT-VALUE}."
            })
    private Duration healPause;

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
        if (healPause.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new InvalidInputException("--heal-pause", "would be a fight of its own: at least 100ms, such as 2s");
        }
        Application application = policy.applyTo(options.application(console));
        History history = state.history(console, application);
        Sources sources = new CacheFolder(console).sources(tools.tools(console));
        Dependencies dependencies = new Dependencies(
                application.name(),
                options.dependencies(console, application),
                new DependencyCheck(console, cluster, tools, sources));
        Watch watch = new Watch(
                application,
                sources,
                state.store(console),
                new Watch.Log(history, state.journal(console, history, "gitops watch")),
                () -> cluster.connect(console, application),
                settings(application, dependencies),
                event -> tell(event, application.sync().drift()));
        watch.run();
        return ExitCode.DONE;
    }

    private Watch.Settings settings(Application application, Dependencies dependencies) {
        SyncPolicy declared = application.sync();
        return new Watch.Settings(
                interval,
                heal == null ? declared.drift() == OnDrift.heal : heal,
                new HealPace(healPause, declared.healsInFights()),
                tools.tools(console),
                dependencies);
    }

    /** A fight always needs somebody; with the policy alert, drift does too. */
    private void tell(WatchEvent event, OnDrift policy) {
        console.out().println(common.json() ? ReportJson.compact(event) : new WatchText(console.style()).line(event));
        console.out().flush();
        boolean isDrift = event.event() == WatchEvent.Kind.drift || event.event() == WatchEvent.Kind.unknown;
        if (event.event() == WatchEvent.Kind.fight || isDrift && policy == OnDrift.alert) {
            console.err()
                    .println(console.errorStyle().red("Alert: ") + new WatchText(console.errorStyle()).line(event));
            console.err().flush();
        }
    }
}
