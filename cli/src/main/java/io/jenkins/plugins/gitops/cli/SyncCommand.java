package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops sync}: makes the cluster what Git says. */
@Command(
        name = "sync",
        description = "Make the cluster what Git says, and wait until it is healthy.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and healthy if it was waited for",
            "1:an object failed, or did not become healthy in time",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed",
            "4:refused by a rule; nothing was written",
            "130:interrupted; the next sync goes on from there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops sync --app gitops.yaml --prune",
            "  gitops sync --source deploy --name shop --namespace shop --dry-run",
            "  gitops sync --app gitops.yaml --no-wait -o json"
        })
final class SyncCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PolicyOptions policy;

    @Mixin
    private StateOptions state;

    @Option(names = "--dry-run", description = "Go through all of it, and write nothing.")
    private boolean dryRun;

    SyncCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        Application application = policy.applyTo(options.application(console));
        SourceTree tree = new CacheFolder(console).sources().checkout(application.source());
        SyncReport report;
        try (Cluster connected = cluster.connect(console, application);
                Progress progress = new Progress(console)) {
            report = new Reconciler(connected, ClusterOptions.CONTROLLER)
                    .sync(application, tree, new SyncOptions(dryRun), progress);
        }
        state.store(console).remember(application.uuid(), report);
        new Warnings(console).print(report.warnings());
        console.out()
                .print(common.json() ? ReportJson.pretty(report) + "\n" : new SyncText(console.style()).render(report));
        return exitCode(report);
    }

    private static int exitCode(SyncReport report) {
        return switch (report.result()) {
            case Succeeded -> ExitCode.DONE;
            case Failed -> ExitCode.DIFFERENT;
            case Refused -> ExitCode.REFUSED;
            case Aborted -> ExitCode.INTERRUPTED;
        };
    }
}
