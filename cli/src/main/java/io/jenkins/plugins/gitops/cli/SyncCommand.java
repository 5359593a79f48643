package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Commit;
import io.jenkins.plugins.gitops.cli.git.Sources;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import io.jenkins.plugins.gitops.engine.window.SyncWindows;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
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
            "1:an object failed, or did not become healthy in time, or a newer revision superseded the sync",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed",
            "4:refused by a rule, such as a sync window, a lock that another holds, or a --plan that no longer holds; or all is done but"
                    + " what waits for --approve",
            "130:interrupted; the next sync goes on from there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops sync --app gitops.yaml --prune",
            "  gitops sync --source deploy --name shop --namespace shop --dry-run",
            "  gitops sync --app gitops.yaml --only 'Deployment.apps shop/web'",
            "  gitops sync --app gitops.yaml --no-wait -o json",
            "  gitops plan --app gitops.yaml -o json > plan.json; gitops sync --app gitops.yaml --plan plan.json"
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
    private ToolOptions tools;

    @Mixin
    private PolicyOptions policy;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private PlanOptions plan;

    @Mixin
    private StateOptions state;

    @ArgGroup
    private Asking asking = new Asking();

    @Option(
            names = "--automatic",
            description =
                    "Nobody asks for this sync by hand, as in a scheduled job: sync windows with manualSync forbid it too.")
    private boolean automatic;

    /** How far the cluster is asked before it is told. */
    private static final class Asking {
        @Option(names = "--dry-run", description = "Go through all of it, and write nothing.")
        private boolean dryRun;

        @Option(
                names = "--no-preflight",
                description =
                        "Write new objects without a dry run of all of them before: faster, but one that the cluster does not take"
                                + " fails in the middle of the sync.")
        private boolean noPreflight;
    }

    SyncCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application application = policy.applyTo(options.application(console));
        List<Application> dependencies = options.dependencies(console, application);
        Optional<PlanGuard> guard = plan.guard(console, application);
        History history = state.history(console, application);
        refuseWhilePinned(application, history);
        Journal journal = state.journal(console, history, "gitops sync");
        Instant start = Instant.now();
        SyncReport report;
        try {
            report = sync(application, dependencies, guard, journal);
        } catch (GitOpsException e) {
            journal.failed(asking.dryRun ? Kind.dryRun : Kind.sync, application.name(), e, start);
            throw e;
        }
        state.store(console).remember(application.uuid(), report);
        Optional<PlanReport> instead = guard.flatMap(PlanGuard::instead);
        return instead.isPresent() ? refuse(report, instead.get()) : new SyncEnding(console, common).show(report);
    }

    /** The saved plan does not hold: the result is the new one. */
    private int refuse(SyncReport report, PlanReport instead) {
        new Warnings(console).print(report.warnings());
        console.err()
                .println(
                        console.errorStyle().red("Refused: ") + report.message()
                                + "\nNothing was written. The plan as it is now is on standard output; --replan would carry it out.");
        new PlanOutput(console, common).print(instead);
        return ExitCode.REFUSED;
    }

    private SyncReport sync(
            Application application, List<Application> dependencies, Optional<PlanGuard> guard, Journal journal) {
        Optional<String> refusal = SyncWindows.of(application).refusal(Instant.now(), !automatic);
        if (refusal.isPresent() && !asking.dryRun) {
            throw new RefusedException(refusal.get());
        }
        Sources sources = new CacheFolder(console).sources(tools.tools(console));
        if (!asking.dryRun) {
            // First, so that what is synced is the newest revision at the end of the waiting.
            awaitDependencies(application, dependencies, sources);
        }
        SourceTree tree = sources.checkout(application.source());
        try (Cluster connected = cluster.connect(console, application);
                Progress progress = new Progress(console)) {
            Reconciler reconciler = tools.reconciler(console, connected);
            Rendered rendered = reconciler.render(application, tree);
            KeptPlan kept = new KeptPlan(guard);
            SyncOptions how = selection
                    .applyTo(new SyncOptions(asking.dryRun))
                    .withPreflight(!asking.noPreflight)
                    .withManual(!automatic)
                    .withPlanCheck(kept)
                    .withNewerRevision(new NewerRevision(sources, application.source(), tree.revision()));
            if (!asking.dryRun && !selection.approved().isEmpty()) {
                journal.approved(application.name(), tree.revision(), selection.approved());
            }
            if (!asking.dryRun) {
                guard.ifPresent(
                        plan -> plan.onReplanned(what -> journal.replanned(application.name(), tree.revision(), what)));
            }
            SyncReport report = reconciler.sync(application, tree.revision(), rendered, how, progress);
            Commit commit = sources.describe(application.source(), tree.revision());
            journal.sync(Kind.sync, report, kept.plan(), commit, rendered.manifests(), 0);
            return report;
        }
    }

    private void awaitDependencies(Application application, List<Application> dependencies, Sources sources) {
        Duration atMost = application.sync().awaitHealth() ? application.sync().timeout() : Duration.ZERO;
        new Dependencies(application.name(), dependencies, new DependencyCheck(console, cluster, tools, sources))
                .await(atMost, console.err()::println);
    }

    private void refuseWhilePinned(Application application, History history) throws IOException {
        Optional<Pin> pin = history.pin();
        if (pin.isPresent() && !asking.dryRun) {
            throw new RefusedException(application.name() + " is pinned to attempt "
                    + pin.get().attempt() + " by " + pin.get().by()
                    + (pin.get().reason().isEmpty() ? "" : " (" + pin.get().reason() + ")")
                    + ", so it does not follow Git. Un-pin it first: gitops unpin");
        }
    }
}
