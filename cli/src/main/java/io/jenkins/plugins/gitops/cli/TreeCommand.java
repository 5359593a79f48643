package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.TreeReport;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gitops tree}: the application's objects with all that they own. */
@Command(
        name = "tree",
        description =
                "Show the application's objects with all that they own in the cluster, each with its health, and which of them explains why something is not well. Writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all objects of the application are healthy",
            "1:at least one is not",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops tree --app gitops.yaml",
            "  gitops tree --app gitops.yaml -o json | jq '.. | .reason? // empty'"
        })
final class TreeCommand implements GitOpsCommand {
    private final Console console;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ApplicationOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ToolOptions tools;

    @Mixin
    private StateOptions state;

    TreeCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application application = options.application(console);
        TreeReport report = tree(application);
        new Warnings(console).print(report.warnings());
        console.out()
                .print(common.json() ? ReportJson.pretty(report) + "\n" : new TreeText(console.style()).render(report));
        return report.health() == HealthStatus.Healthy ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    /** Of Git, or of what the application is pinned to. */
    private TreeReport tree(Application application) throws IOException {
        Optional<Pinned> pinned = Pinned.of(state.history(console, application), application, Optional.empty());
        Sources sources = new CacheFolder(console).sources(tools.tools(console));
        SourceTree tree = pinned.isPresent() ? null : sources.checkout(application.source());
        try (Cluster connected = cluster.connect(console, application)) {
            Reconciler reconciler = tools.reconciler(console, connected);
            return tree == null
                    ? reconciler
                            .compare(
                                    application,
                                    pinned.get().revision(),
                                    pinned.get().wanted())
                            .tree()
                    : reconciler
                            .compare(application, tree.revision(), reconciler.render(application, tree))
                            .tree();
        }
    }
}
