package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
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
    private ToolOptions tools;

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
    public Integer call() throws IOException {
        Application application = options.application(console);
        History history = state.history(console, application);
        Journal journal = state.journal(console, history, "gitops diff");
        Instant start = Instant.now();
        DriftReport report;
        try {
            report = diff(application, history, journal, start);
        } catch (GitOpsException e) {
            journal.failed(Kind.check, application.name(), e, start);
            throw e;
        }
        new Warnings(console).print(report.warnings());
        console.out().print(common.json() ? ReportJson.pretty(report) + "\n" : text(report));
        return report.verdict() == ApplicationVerdict.InSync ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    /** Against Git, or against what the application is pinned to. */
    private DriftReport diff(Application application, History history, Journal journal, Instant start)
            throws IOException {
        Optional<Pinned> pinned = Pinned.of(history, application, Optional.empty());
        Sources sources = new CacheFolder(console).sources(tools.tools(console));
        SourceTree tree = pinned.isPresent() ? null : sources.checkout(application.source());
        StateStore store = state.store(console);
        StateStore.State before = store.load(application.uuid());
        try (Cluster connected = cluster.connect(console, application)) {
            Reconciler reconciler = tools.reconciler(console, connected);
            String revision = tree == null ? pinned.get().revision() : tree.revision();
            Rendered wanted = tree == null ? pinned.get().wanted() : reconciler.render(application, tree);
            DriftReport report =
                    reconciler.compare(application, revision, wanted).drift(before.observations());
            store.remember(application.uuid(), report, before.observations());
            journal.check(report, sources.describe(application.source(), revision), start);
            return report;
        }
    }

    private String text(DriftReport report) {
        return new DriftText(console.style(), new Moments(Instant.now())).render(report);
    }
}
