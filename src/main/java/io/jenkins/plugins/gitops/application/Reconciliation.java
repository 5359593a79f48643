package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.BuildListener;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.slaves.WorkspaceList;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.heal.HealDecision;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.engine.model.KeyPattern;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ApplicationLocks;
import io.jenkins.plugins.gitops.reconcile.DeletionRequest;
import io.jenkins.plugins.gitops.reconcile.Findings;
import io.jenkins.plugins.gitops.reconcile.HostValues;
import io.jenkins.plugins.gitops.reconcile.NamedObjects;
import io.jenkins.plugins.gitops.reconcile.ReconcileExecution;
import io.jenkins.plugins.gitops.reconcile.ReconcileInterruptedException;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import io.jenkins.plugins.gitops.reconcile.SourceDigest;
import io.jenkins.plugins.gitops.reconcile.Undisturbed;
import io.jenkins.plugins.gitops.reconcile.WantedSet;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/** What a build does between its first and its last line, on the node whose executor it has. */
final class Reconciliation {
    private final GitOpsRun run;
    private final GitOpsApplication application;
    private final BuildListener listener;

    /** What is wanted instead of what the checkout says. */
    private WantedSet wanted;

    Reconciliation(GitOpsRun run, BuildListener listener) {
        this.run = run;
        this.application = run.getParent();
        this.listener = listener;
    }

    Result reconcile() throws Exception {
        Computer computer = Computer.currentComputer();
        Node node = computer == null ? null : computer.getNode();
        FilePath folder = node == null ? null : node.getWorkspaceFor(application);
        if (folder == null) {
            throw new AbortException(Messages.Reconciliation_NoWorkspace());
        }
        run.setBuiltOn(node);
        FormerDestination former = run.getAction(FormerDestination.class);
        Destination destination = former == null ? application.destination() : former.destination();
        require(destination);
        FilePath place = mayMoveBaseline() ? folder.withSuffix("@check") : folder;
        try (WorkspaceList.Lease lease = computer.getWorkspaceList().allocate(place, run)) {
            Removal removal = new Removal(run, this, listener);
            if (former != null) {
                return removal.prune(destination, lease.path);
            }
            RemovalAction deletion = run.getAction(RemovalAction.class);
            return deletion == null ? reconcile(node, lease.path) : removal.remove(deletion, node, lease.path);
        }
    }

    /**
     * Whether this build, which is no sync, could move what polling compares with by updating the workspace, as some SCMs
     * compare. Git does not look there.
     */
    private boolean mayMoveBaseline() {
        return !run.isSync() && !(application.getScm() instanceof GitSCM);
    }

    private static void require(Destination destination) throws AbortException {
        if (destination.cluster().isEmpty()) {
            throw new AbortException(Messages.Reconciliation_NoCluster());
        }
        if (destination.namespace().isEmpty()) {
            throw new AbortException(Messages.Reconciliation_NoNamespace());
        }
    }

    private Result reconcile(Node node, FilePath workspace) throws Exception {
        RollbackRequest rollback = run.getAction(RollbackRequest.class);
        if (rollback != null) {
            workspace.mkdirs();
            return new Rollback(run, this, listener).carryOut(rollback, workspace);
        }
        Optional<HeldSet> held = run.getMode() == ReconcileMode.dryRun ? Optional.empty() : HeldSet.of(application);
        if (run.getMode() == ReconcileMode.sync
                && held.filter(HeldSet::isPinned).isPresent()) {
            return refuse(Messages.Reconciliation_Pinned(Pins.words(held.get().pin())));
        }
        Optional<String> closed = new ApplicationWindows(application).refusal(isManual());
        if (run.getMode() == ReconcileMode.sync && closed.isPresent()) {
            return refuse(closed.get());
        }
        if (run.getMode() == ReconcileMode.check && held.isPresent()) {
            workspace.mkdirs();
            return checkHeld(held.get(), workspace);
        }
        String impossible = run.getMode() == ReconcileMode.sync
                ? new DependencyRules(application).problem().orElse(null)
                : null;
        if (impossible != null) {
            throw new AbortException(impossible);
        }
        checkOut(node, workspace);
        return switch (run.getMode()) {
            case sync -> sync(workspace);
            case dryRun -> execute(ReconcileMode.dryRun, workspace).result();
            case check -> check(workspace, false);
        };
    }

    private boolean isManual() {
        return ModeDecision.isAskedFor(run.getAllActions());
    }

    /** A sync that must not be: one that a person asked for fails, any other was overtaken. */
    private Result refuse(String why) throws IOException {
        if (!isManual()) {
            listener.getLogger().println(why);
            return Result.NOT_BUILT;
        }
        return keep(ReconcileOutcome.refused(SyncReport.refused(
                        application.toEngineApplication().name(),
                        run.getRevision(),
                        Instant.now(),
                        false,
                        why,
                        List.of())))
                .result();
    }

    private Result checkHeld(HeldSet held, FilePath workspace) throws IOException, InterruptedException {
        run.setRevision(held.revision());
        run.save();
        listener.getLogger()
                .println(
                        held.isPinned()
                                ? Messages.Reconciliation_HeldAt(Pins.words(held.pin()))
                                : Messages.Reconciliation_RolledBack());
        wanted = held.set();
        return check(workspace, held.isPinned());
    }

    void checkOut(Node node, FilePath workspace) throws Exception {
        workspace.mkdirs();
        String revision = new SourceCheckout(run, workspace, listener).checkOut(node);
        run.setRevision(revision);
        run.save();
    }

    private Result sync(FilePath workspace) throws IOException, InterruptedException {
        String inputs = inputs(workspace);
        boolean unchanged = isRoutine() && application.state().get().isSyncedFrom(inputs);
        ApplicationState.Synced synced =
                new ApplicationState.Synced(run.getNumber(), run.getRevision(), Instant.now(), inputs);
        application.state().update(state -> state.withLastAttempt(synced));
        if (unchanged) {
            return leave(synced);
        }
        Findings findings = write(asked(), Set.of(), workspace);
        if (findings.isApplied()) {
            AppliedSets sets = new AppliedSets(application);
            if (findings.set().isPresent()) {
                sets.keep(run, findings.set().get().manifests());
            }
            application.state().update(state -> state.withLastSynced(synced));
            new DriftAlert(application).synced(run, listener.getLogger());
        }
        return findings.result();
    }

    /** Of all that decides what a sync applies: the files, and what is done with them. */
    private String inputs(FilePath workspace) throws IOException, InterruptedException {
        String files = workspace.act(new SourceDigest(application.getSource().folder()));
        Map<String, String> given =
                application.getSource().inputs(run, application).visible();
        return HexFormat.of().formatHex(Sha256.of(files + "\n" + asked() + (given.isEmpty() ? "" : "\n" + given)));
    }

    /** Whether nothing but a commit asked for this sync, and all is well as it is. */
    private boolean isRoutine() {
        GitOpsRun previous = run.getPreviousBuild();
        return !run.getCauses().isEmpty()
                && run.getCauses().stream().allMatch(SCMTrigger.SCMTriggerCause.class::isInstance)
                && run.getAction(SyncOverrides.class) == null
                && run.getAction(Approval.class) == null
                && previous != null
                && previous.getResult() == Result.SUCCESS;
    }

    /** A commit that touches nothing which this application reads: it is as good as synced. */
    private Result leave(ApplicationState.Synced synced) throws IOException {
        listener.getLogger().println(Messages.Reconciliation_Unchanged(run.getRevision()));
        run.setUnchanged(true);
        run.setFindings("unchanged");
        AppliedSets sets = new AppliedSets(application);
        Optional<String> same = sets.last();
        if (same.isPresent()) {
            sets.note(run, same.get());
        }
        application.state().update(state -> state.withLastSynced(synced));
        return Result.SUCCESS;
    }

    /** The application with what whoever asked for this build wants otherwise. */
    Application asked() {
        SyncOverrides overrides = run.getAction(SyncOverrides.class);
        Application engine = application.toEngineApplication();
        if (isManual() || run.getAction(RollbackRequest.class) != null) {
            // Asked for, and let through by the windows: they have no further say. Nor over a rollback that goes on
            // after a crash.
            engine = engine.withSync(engine.sync().withWindows(List.of()));
        }
        return overrides == null ? engine : overrides.apply(engine);
    }

    /** @param pinned whether what it compares with is wanted whatever Git says */
    private Result check(FilePath workspace, boolean pinned) throws IOException, InterruptedException {
        Findings findings = execute(ReconcileMode.check, workspace);
        new DriftAlert(application).checked(run, findings, listener.getLogger());
        if (findings.isInSync()) {
            run.setFights(List.of());
        }
        Optional<DriftReport> drift = findings.drift();
        if (application.getDriftPolicy() == DriftPolicy.heal && drift.isPresent()) {
            Healing healing = new Healing(application.heals(), drift.get());
            if (findings.isDrifted() && isOpen() && (pinned || mayHeal())) {
                HealDecision decision =
                        healing.decide(application.getDriftRules().pace());
                run.setFights(Healing.tell(decision, listener));
                if (!decision.due().isEmpty()) {
                    healing.healing(decision.due());
                    return heal(decision, workspace);
                }
            }
        }
        run.setFindings(findings.digest().orElse(null));
        return findings.result();
    }

    /** Whether the windows let it write by itself. */
    private boolean isOpen() {
        Optional<String> closed = new ApplicationWindows(application).refusal(false);
        closed.ifPresent(why -> listener.getLogger().println(Messages.Reconciliation_HealClosed(why)));
        return closed.isEmpty();
    }

    private Result heal(HealDecision decision, FilePath workspace) throws IOException, InterruptedException {
        listener.getLogger()
                .println(Messages.Reconciliation_Healing(decision.due().size()));
        Findings healed = write(application.toEngineApplication(), decision.due(), workspace);
        run.setHealed(healed.isWritten());
        boolean all = decision.later().isEmpty() && decision.fights().isEmpty();
        return all ? healed.result() : healed.result().combine(Result.UNSTABLE);
    }

    /**
     * Only what was synced last is applied again, and only while Git has nothing newer (SEMANTICS 12). Otherwise a sync is due
     * where syncs are automatic.
     */
    private boolean mayHeal() {
        boolean newest = application.state().get().isNewest(run.getRevision())
                && !application.compare(listener).hasChanges();
        if (newest) {
            return true;
        }
        if (application.getSync().isAutomatic()) {
            listener.getLogger().println(Messages.Reconciliation_SyncInstead());
            application.scheduleSync(new HealCause(run.getNumber()));
        } else {
            listener.getLogger().println(Messages.Reconciliation_NotHealed());
        }
        return false;
    }

    Findings delete(Application engine, DeletionRequest deletion, FilePath checkout)
            throws IOException, InterruptedException {
        return write(request(ReconcileMode.sync, engine, Set.of()).deleting(deletion), checkout);
    }

    Findings restore(Application engine, WantedSet set, FilePath checkout) throws IOException, InterruptedException {
        wanted = set;
        return write(engine, Set.of(), checkout);
    }

    private Findings write(Application engine, Set<ResourceKey> only, FilePath checkout)
            throws IOException, InterruptedException {
        return write(request(ReconcileMode.sync, engine, only), checkout);
    }

    /** Says before the first write that it writes, and afterwards that it is done: what neither says so was lost. */
    private Findings write(ReconcileRequest request, FilePath checkout) throws IOException, InterruptedException {
        run.setWriting(true);
        run.save();
        application.state().update(state -> state.withUnfinished(run.getNumber()));
        try (ApplicationLocks.Held held =
                ApplicationLocks.get().acquire(request.application(), run.getFullDisplayName(), listener)) {
            return execute(request, checkout);
        } finally {
            if (!Jenkins.get().isTerminating()) {
                run.setWriting(false);
                application.state().update(state -> state.withUnfinished(0));
            }
        }
    }

    private Findings execute(ReconcileMode mode, FilePath checkout) throws IOException, InterruptedException {
        return execute(request(mode, asked(), Set.of()), checkout);
    }

    private ReconcileRequest request(ReconcileMode mode, Application engine, Set<ResourceKey> only)
            throws IOException, InterruptedException {
        HostValues inputs = application.getSource().inputs(run, application);
        ClusterAccess access =
                Clusters.find(engine.destination().cluster(), application).access(application);
        ReconcileRequest request = new ReconcileRequest(
                mode,
                engine,
                access,
                run.getRevision(),
                Jenkins.get().getLegacyInstanceId(),
                new NamedObjects(only.stream().map(KeyPattern::of).toList(), Approval.of(run)),
                null,
                application.getSource().tools(),
                inputs,
                null,
                false,
                run.getAction(HardRefresh.Asked.class) != null,
                application.observations().read().orElse(""));
        return wanted == null ? request : request.restoring(wanted);
    }

    private Findings execute(ReconcileRequest request, FilePath checkout) throws IOException, InterruptedException {
        try {
            return keep(new ReconcileExecution(request, listener, this::newerRevision).run(checkout));
        } catch (ReconcileInterruptedException e) {
            if (e.outcome().isPresent()) {
                ReconcileOutcome done = e.outcome().get();
                Undisturbed.write(() -> keep(done));
            }
            throw e;
        }
    }

    /**
     * A commit that polling found meanwhile: its sync is queued, and makes this one pointless; not where Git does not say what is
     * wanted, nor while a window keeps that sync from beginning, for half of this one would stay until then.
     */
    private Optional<String> newerRevision() {
        if (wanted != null || new ApplicationWindows(application).refusal(false).isPresent()) {
            return Optional.empty();
        }
        Queue.Item queued = application.getQueueItem();
        boolean newer =
                queued != null && queued.getCauses().stream().anyMatch(SCMTrigger.SCMTriggerCause.class::isInstance);
        return newer ? Optional.of(Messages.Reconciliation_NewerQueued()) : Optional.empty();
    }

    private Findings keep(ReconcileOutcome outcome) throws IOException {
        Reports.attach(run, outcome);
        if (outcome.observationsJson() != null) {
            application.observations().write(outcome.observationsJson());
        }
        Findings findings = new Findings(outcome);
        outcome.drift().map(DriftReport::revision).ifPresent(run::setReported);
        if (findings.hasReport()) {
            application.state().update(state -> state.withLastReport(run.getNumber()));
        }
        if (outcome.error() != null) {
            listener.error(outcome.error());
        }
        return findings;
    }
}
