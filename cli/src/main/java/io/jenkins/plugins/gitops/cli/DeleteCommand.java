package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Commit;
import io.jenkins.plugins.gitops.engine.Reconciler;
import io.jenkins.plugins.gitops.engine.cluster.ApplySet;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.engine.sync.DeletionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gitops delete}: takes an application out of its cluster. */
@Command(
        name = "delete",
        description = "Delete an application's objects from its cluster, and last its inventory.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is gone, or was gone before",
            "1:a hook failed, or an object could not be deleted",
            "2:wrong input: options, application file or manifests",
            "3:Git or the cluster failed",
            "4:refused by a rule, not confirmed, or something waits for approval",
            "130:interrupted; delete it again to go on"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gitops delete --app gitops.yaml --dry-run",
            "  gitops delete --app gitops.yaml --yes --approve 'PersistentVolumeClaim shop/data'",
            "  gitops delete --name shop --namespace shop --yes",
            "  gitops delete --app gitops.yaml --keep-objects --yes"
        })
final class DeleteCommand implements GitOpsCommand {
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
    private DeletionPolicyOptions policy;

    @Mixin
    private StateOptions state;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--keep-objects",
            description = "Delete nothing but the inventory: the objects stay, and lose the label that made them ours.")
    private boolean keepObjects;

    @Option(names = "--no-hooks", description = "Run no PreDelete and PostDelete hooks; the source is not needed then.")
    private boolean noHooks;

    @Option(
            names = "--approve",
            paramLabel = "KEY",
            description = "What may go although it must be confirmed, as reports name it; * stands for any text.")
    private List<String> approved = List.of();

    @Option(names = "--dry-run", description = "Go through all of it, and write nothing.")
    private boolean dryRun;

    DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException {
        Application application = policy.applyTo(options.applicationOrName(console));
        List<KeyPattern> keys =
                approved.stream().map(key -> KeyPattern.parse("--approve", key)).toList();
        SyncReport report;
        try (Cluster connected = cluster.connect(console, application);
                Progress progress = new Progress(console)) {
            Reconciler reconciler = tools.reconciler(console, connected);
            Application known = options.hasIdentity() ? application : identified(application, reconciler);
            Hooks hooks = hooks(known, reconciler);
            DeletionOptions pretended = new DeletionOptions(true, keepObjects, keys);
            if (!dryRun && !yes) {
                confirm(reconciler.delete(known, hooks.revision(), hooks.set(), pretended, event -> {}));
            }
            report = reconciler.delete(
                    known, hooks.revision(), hooks.set(), new DeletionOptions(dryRun, keepObjects, keys), progress);
            state.journal(console, state.history(console, known), "gitops delete")
                    .sync(Attempt.Kind.delete, report, Optional.empty(), Commit.UNKNOWN, List.of(), 0);
        }
        return new SyncEnding(console, common).show(report);
    }

    private record Hooks(String revision, List<Manifest> set) {
        static final Hooks NONE = new Hooks("", List.of());
    }

    /** Of the set that was synced last, where the history has it; else of the source. */
    private Hooks hooks(Application application, Reconciler reconciler) throws IOException {
        if (noHooks || keepObjects) {
            return Hooks.NONE;
        }
        History history = state.history(console, application);
        Optional<Attempt> last = history.lastSynced();
        if (last.isPresent()) {
            return new Hooks(last.get().revision(), history.wanted(last.get()));
        }
        if (application.source().repository().isEmpty()) {
            new Warnings(console)
                    .print("without --app or --source, and without a history of the application here, no PreDelete and"
                            + " PostDelete hooks run");
            return Hooks.NONE;
        }
        SourceTree tree = new CacheFolder(console).sources(tools.tools(console)).checkout(application.source());
        return new Hooks(tree.revision(), reconciler.render(application, tree).manifests());
    }

    /** Finds by its name an application whose file is not at hand. */
    private static Application identified(Application application, Reconciler reconciler) {
        String namespace = application.destination().namespace();
        List<ApplySet.Owner> owners = reconciler.ownersNamed(application.name(), namespace);
        if (owners.size() > 1) {
            throw new InvalidInputException(
                    "--name",
                    "namespace " + namespace + " has several applications of the name " + application.name()
                            + "; say which with its --app file, whose metadata.uid is one of "
                            + String.join(
                                    ", ",
                                    owners.stream().map(ApplySet.Owner::uuid).toList()));
        }
        return owners.isEmpty()
                ? application
                : application.withUuid(UUID.fromString(owners.getFirst().uuid()));
    }

    private void confirm(SyncReport pretended) throws IOException {
        String name = pretended.application();
        if (pretended.objects().isEmpty()) {
            return;
        }
        if (!console.errIsTerminal()) {
            throw new RefusedException(
                    "deleting " + name + " was not confirmed: add --yes, or see with --dry-run what would go");
        }
        console.err().print(new SyncText(console.errorStyle()).render(pretended));
        console.err().print("Type the application's name to delete it from the cluster: ");
        console.err().flush();
        String typed = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
        if (typed == null || !typed.strip().equals(name)) {
            throw new RefusedException("deleting " + name + " was not confirmed; nothing was deleted");
        }
    }
}
