package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;

/** Why a build compared. The same difference is drift to a check, and to a sync what Git asks for. */
public enum Purpose {
    /** Something changed in the cluster, for Git is where it was. */
    check,
    /** Git may be newer than the cluster: what differs is what the sync sets out to change. */
    sync;

    /** @param synced whether the build has a sync report, or a dry run's: a pipeline tells nothing else of its purpose */
    static Purpose of(@NonNull Run<?, ?> run, boolean synced) {
        boolean checks = run instanceof GitOpsRun own ? own.getMode() == ReconcileMode.check : !synced;
        return checks ? check : sync;
    }
}
