package io.jenkins.plugins.gitops.application;

import hudson.model.Cause;
import hudson.model.CauseAction;
import io.jenkins.plugins.gitops.engine.model.Destination;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.io.IOException;
import java.util.List;

/** A changed destination (SEMANTICS 1): what was synced went elsewhere, so nothing counts as synced any more. */
final class Relocation {
    private final GitOpsApplication application;
    private final Destination before;
    private final boolean synced;

    /** To be made before the configuration changes. */
    Relocation(GitOpsApplication application) {
        this.application = application;
        this.before = application.destination();
        this.synced = application.getLastSyncedRevision() != null;
    }

    /** Whether what a sync made is now where this application does not go. */
    boolean isNeeded() {
        return synced && !before.equals(application.destination());
    }

    /** After the configuration changed: the next poll finds something to sync, and no check compares with the other place. */
    void forget() throws IOException {
        if (isNeeded()) {
            application.state().update(state -> state.withLastSynced(null).withLastAttempt(null));
            application.observations().write("");
        }
    }

    /** Schedules a build that prunes what was made at the former place, before anything is synced to the new one. */
    void prune() {
        if (isNeeded()) {
            application.schedule(
                    ReconcileMode.sync,
                    List.of(new FormerDestination(before), new CauseAction(new Cause.UserIdCause())));
        }
    }
}
