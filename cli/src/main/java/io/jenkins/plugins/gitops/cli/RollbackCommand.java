package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Commit;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.SyncPurpose;
import io.jenkins.plugins.gitops.engine.render.Rendered;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.SyncOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops rollback}: applies what an earlier sync applied, and stays there. */
@Command(
        name = "rollback",
        description = {
            "Apply what an earlier sync applied, remove what it did not have, and pin the application to it.",
            "The objects come from the history of this machine: Git need not have that commit any more."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and healthy if it was waited for",
            "1:an object failed, or did not become healthy in time",
            "2:wrong input: options, application file, no such attempt",
            "3:the cluster failed",
            "4:refused by a rule; nothing was written",
            "130:interrupted; the same rollback again goes on from there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops rollback --app gitops.yaml --to 12",
            "  gitops rollback --app gitops.yaml --to 12 --dry-run",
            "",
            "gitops history lists the attempts. gitops unpin lets the application follow Git again."
        })
final class RollbackCommand implements GitOpsCommand {
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

    @Option(names = "--to", paramLabel = "ID", required = true, description = "The attempt to go back to.")
    private int id;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept with the pin.")
    private String reason;

    @Option(names = "--dry-run", description = "Go through all of it, and write nothing.")
    private boolean dryRun;

    RollbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application declared = policy.applyTo(options.applicationOrName(console));
        // What the earlier set did not have must go, or the old version would run among the new one's objects.
        Application application = declared.withSync(declared.sync().withPrune(true));
        History history = state.history(console, application);
        Attempts attempts = new Attempts(history, application.name());
        Attempt target = attempts.restorable(id);
        Rendered wanted = new Rendered(attempts.wanted(target), List.of());
        Optional<Pin> before = history.pin();
        Journal journal = state.journal(console, history, "gitops rollback");
        Instant start = Instant.now();
        Pin pin = new Pin(id, target.revision(), target.set(), System.getProperty("user.name"), start, reason);
        if (!dryRun) {
            // Before the first write: a watch that runs beside must not take it back half way.
            history.pin(pin);
            journal.pinned(application.name(), pin);
        }
        KeptPlan kept = new KeptPlan(Optional.empty());
        SyncReport report;
        try {
            report = roll(application, target, wanted, kept, history, before);
        } catch (GitOpsException e) {
            journal.failed(dryRun ? Kind.dryRun : Kind.rollback, application.name(), e, start);
            if (!dryRun) {
                journal.unpinned(application.name(), pin, "the rollback came to nothing");
            }
            throw e;
        }
        journal.sync(
                Kind.rollback,
                report,
                kept.plan(),
                new Commit(target.author(), target.subject()),
                wanted.manifests(),
                id);
        if (!dryRun && report.result() == SyncReport.Result.Refused) {
            journal.unpinned(application.name(), pin, "the rollback was refused");
        }
        state.store(console).remember(application.uuid(), report);
        return new SyncEnding(console, common).show(report);
    }

    private SyncReport roll(
            Application application,
            Attempt target,
            Rendered wanted,
            KeptPlan kept,
            History history,
            Optional<Pin> before)
            throws IOException {
        SyncReport report = null;
        try (Cluster connected = cluster.connect(console, application);
                Progress progress = new Progress(console)) {
            report = new Reconciler(connected, ClusterOptions.CONTROLLER)
                    .sync(
                            application,
                            target.revision(),
                            wanted,
                            new SyncOptions(dryRun, SyncPurpose.rollback).withPlanCheck(kept),
                            progress);
            return report;
        } finally {
            boolean nothingWritten = report == null || report.result() == SyncReport.Result.Refused;
            if (!dryRun && nothingWritten) {
                if (before.isPresent()) {
                    history.pin(before.get());
                } else {
                    history.unpin();
                }
            }
        }
    }
}
