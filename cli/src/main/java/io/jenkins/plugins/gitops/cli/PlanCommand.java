package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gitops plan}: what a sync would do, in the order in which it would do it. */
@Command(
        name = "plan",
        description = "Show what a sync would do, in execution order. Writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:planned, whether there is something to do or not",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed",
            "4:refused by a rule"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gitops plan --app gitops.yaml", "  gitops plan --app gitops.yaml --prune -o json"})
final class PlanCommand implements GitOpsCommand {
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
    private PolicyOptions policy;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        Application application = policy.applyTo(options.application(console));
        SourceTree tree = new CacheFolder(console).sources(tools.tools(console)).checkout(application.source());
        try (Cluster connected = cluster.connect(console, application)) {
            PlanReport plan = tools.reconciler(console, connected).plan(application, tree);
            new Warnings(console).print(plan.warnings());
            new PlanOutput(console, common).print(plan);
        }
        return ExitCode.DONE;
    }
}
