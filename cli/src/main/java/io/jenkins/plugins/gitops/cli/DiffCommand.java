package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gitops diff}: the drift report. */
@Command(
        name = "diff",
        description = "Report what differs between Git and the cluster, who changed it and when. Writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:in sync",
            "1:something differs, or could not be compared",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops diff --app gitops.yaml",
            "  gitops diff --source https://example.com/shop.git --path deploy --name shop --namespace shop",
            "  gitops diff --app gitops.yaml -o json | jq '.objects[] | select(.verdict != \"InSync\")'"
        })
final class DiffCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private StateOptions state;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        Application application = options.application(console);
        SourceTree tree = new CacheFolder(console).sources().checkout(application.source());
        StateStore store = state.store(console);
        StateStore.State before = store.load(application.uuid());
        DriftReport report;
        try (Cluster connected = cluster.connect(console, application)) {
            report =
                    new Reconciler(connected, ClusterOptions.CONTROLLER).diff(application, tree, before.observations());
        }
        store.save(
                application.uuid(),
                before.withObservations(before.observations().after(report)));
        new Warnings(console).print(report.warnings());
        console.out().print(common.json() ? ReportJson.pretty(report) + "\n" : text(report));
        return report.verdict() == ApplicationVerdict.InSync ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private String text(DriftReport report) {
        return new DriftText(console.style(), new Moments(Instant.now())).render(report);
    }
}
