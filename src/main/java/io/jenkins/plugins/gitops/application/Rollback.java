package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.reconcile.Findings;
import io.jenkins.plugins.gitops.reconcile.WantedSet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Applies what an earlier build applied, deletes what that did not have, and pins the application to it. */
final class Rollback {
    private final GitOpsRun run;
    private final GitOpsApplication application;
    private final Reconciliation reconciliation;
    private final BuildListener listener;
    private final Pins pins;
    private final AppliedSets sets;

    Rollback(GitOpsRun run, Reconciliation reconciliation, BuildListener listener) {
        this.run = run;
        this.application = run.getParent();
        this.reconciliation = reconciliation;
        this.listener = listener;
        this.pins = new Pins(application);
        this.sets = new AppliedSets(application);
    }

    Result carryOut(RollbackRequest request, FilePath workspace) throws IOException, InterruptedException {
        List<Manifest> set;
        try {
            set = sets.read(request.set());
        } catch (IOException e) {
            throw new AbortException(Messages.Rollback_NoSet(request.getBuild(), e.getMessage()));
        }
        run.setRevision(request.revision());
        listener.getLogger().println(request.words());
        Optional<Pin> before = pins.pin();
        // Before the first write: whatever is automatic must not take it back half way.
        pins.pin(request.pin());
        Findings findings = restore(WantedSet.of(set), workspace);
        if (findings.hasWritten() || findings.isApplied()) {
            listener.getLogger().println(Pins.words(request.pin()));
        } else {
            release(before);
        }
        if (findings.isApplied()) {
            sets.note(run, request.set());
            ApplicationState.Synced synced =
                    new ApplicationState.Synced(run.getNumber(), run.getRevision(), Instant.now(), null);
            application.state().update(state -> state.withLastSynced(synced));
            new DriftAlert(application).synced(run, listener.getLogger());
        }
        return findings.result();
    }

    /** An abort, or a lost agent, may have come after the first write: then the pin stays, and nothing automatic goes on. */
    private Findings restore(WantedSet set, FilePath workspace) throws IOException, InterruptedException {
        Application engine = reconciliation.asked();
        // What the earlier set did not have must go, or the old version would run among the new one's objects.
        return reconciliation.restore(engine.withSync(engine.sync().withPrune(true)), set, workspace);
    }

    private void release(Optional<Pin> before) throws IOException {
        if (before.isPresent()) {
            pins.pin(before.get());
        } else {
            pins.unpin();
        }
        listener.getLogger().println(Messages.Rollback_NothingWritten());
    }
}
