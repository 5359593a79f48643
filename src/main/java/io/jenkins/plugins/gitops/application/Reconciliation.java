package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.BuildListener;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Result;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.gitops.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.reconcile.Findings;
import io.jenkins.plugins.gitops.reconcile.ReconcileExecution;
import io.jenkins.plugins.gitops.reconcile.ReconcileInterruptedException;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.reconcile.ReconcileOutcome;
import io.jenkins.plugins.gitops.reconcile.ReconcileRequest;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import jenkins.model.Jenkins;

/** What a build does between its first and its last line, on the node whose executor it has. */
final class Reconciliation {
    private final GitOpsRun run;
    private final GitOpsApplication application;
    private final BuildListener listener;

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
        requireDestination();
        try (WorkspaceList.Lease lease = computer.getWorkspaceList().allocate(folder, run)) {
            return run.getAction(RemovalAction.class) == null
                    ? reconcile(node, lease.path)
                    : new Removal(application).prune(this, lease.path);
        }
    }

    private void requireDestination() throws AbortException {
        if (application.getClusterName().isEmpty()) {
            throw new AbortException(Messages.Reconciliation_NoCluster());
        }
        if (application.toEngineApplication().destination().namespace().isEmpty()) {
            throw new AbortException(Messages.Reconciliation_NoNamespace());
        }
    }

    private Result reconcile(Node node, FilePath workspace) throws Exception {
        workspace.mkdirs();
        String revision = new SourceCheckout(run, workspace, listener).checkOut(node);
        run.setRevision(revision);
        run.save();
        if (run.getMode() == ReconcileMode.sync) {
            application.state().update(state -> state.withLastAttempt(synced()));
        }
        return switch (run.getMode()) {
            case sync -> sync(workspace);
            case dryRun -> execute(ReconcileMode.dryRun, workspace).result();
            case check -> check(workspace);
        };
    }

    private Result sync(FilePath workspace) throws IOException, InterruptedException {
        Findings findings = write(wanted(), workspace);
        if (findings.isApplied()) {
            application.state().update(state -> state.withLastSynced(synced()));
        }
        return findings.result();
    }

    /** The application with what whoever asked for this build wants otherwise. */
    private Application wanted() {
        SyncOverrides overrides = run.getAction(SyncOverrides.class);
        Application engine = application.toEngineApplication();
        return overrides == null ? engine : overrides.apply(engine);
    }

    private ApplicationState.Synced synced() {
        return new ApplicationState.Synced(run.getNumber(), run.getRevision(), Instant.now());
    }

    private Result check(FilePath workspace) throws IOException, InterruptedException {
        Findings findings = execute(ReconcileMode.check, workspace);
        run.setInSync(findings.isInSync());
        if (findings.isDrifted() && application.getDriftPolicy() == DriftPolicy.heal && mayHeal()) {
            listener.getLogger().println(Messages.Reconciliation_Healing());
            Findings healing = write(application.toEngineApplication(), workspace);
            run.setHealed(healing.isApplied());
            return healing.result();
        }
        return findings.result();
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

    /** Says before the first write that it writes, and afterwards that it is done: what neither says so was lost. */
    Findings write(Application engine, FilePath checkout) throws IOException, InterruptedException {
        run.setWriting(true);
        run.save();
        application.state().update(state -> state.withUnfinished(run.getNumber()));
        try {
            return execute(ReconcileMode.sync, engine, checkout);
        } finally {
            if (!Jenkins.get().isTerminating()) {
                run.setWriting(false);
                application.state().update(state -> state.withUnfinished(0));
            }
        }
    }

    private Findings execute(ReconcileMode mode, FilePath checkout) throws IOException, InterruptedException {
        return execute(mode, wanted(), checkout);
    }

    private Findings execute(ReconcileMode mode, Application engine, FilePath checkout)
            throws IOException, InterruptedException {
        ClusterAccess access =
                Clusters.find(application.getClusterName(), application).access(application);
        ReconcileRequest request = new ReconcileRequest(
                mode,
                engine,
                access,
                run.getRevision(),
                Jenkins.get().getLegacyInstanceId(),
                application.observations().read().orElse(""));
        try {
            return keep(new ReconcileExecution(request, listener).run(checkout));
        } catch (ReconcileInterruptedException e) {
            if (e.outcome().isPresent()) {
                keepDespiteInterrupts(e.outcome().get());
            }
            throw e;
        }
    }

    /** Whoever aborts twice must not lose what was done: an interrupt closes the file that is being written. */
    private void keepDespiteInterrupts(ReconcileOutcome outcome) throws IOException {
        for (int again = 2; ; again--) {
            Thread.interrupted();
            try {
                keep(outcome);
                return;
            } catch (ClosedByInterruptException e) {
                if (again == 0) {
                    throw e;
                }
            }
        }
    }

    private Findings keep(ReconcileOutcome outcome) throws IOException {
        Reports.attach(run, outcome);
        if (outcome.observationsJson() != null) {
            application.observations().write(outcome.observationsJson());
        }
        Findings findings = new Findings(outcome);
        if (findings.hasReport()) {
            application.state().update(state -> state.withLastReport(run.getNumber()));
        }
        if (outcome.error() != null) {
            listener.error(outcome.error());
        }
        return findings;
    }
}
