package io.jenkins.plugins.gitops.step;

import hudson.Util;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.report.ApplicationDriftAction;
import java.time.Instant;

/**
 * How an application stands, as far as its newest reports tell.
 *
 * @param fresh whether they are not older than the wait, and no build is about to change them
 * @param problem why the last build ended without a report; empty when it had one
 */
record Standing(
        String application,
        String url,
        boolean fresh,
        ApplicationVerdict verdict,
        HealthStatus health,
        String revision,
        String problem) {
    static Standing of(GitOpsApplication item, Instant begin, boolean busy) {
        ApplicationDriftAction state = item.getAction(ApplicationDriftAction.class);
        long compared = state.getDrift() == null ? 0 : state.getDrift().getTime();
        long synced = state.getSync() == null ? 0 : state.getSync().getEnd();
        return new Standing(
                item.getFullName(),
                item.getUrl(),
                !busy && Math.max(compared, synced) >= begin.toEpochMilli(),
                state.getVerdict(),
                state.getHealth(),
                Util.fixNull(item.getLastSyncedRevision()),
                Util.fixNull(state.getProblem()));
    }

    /** @param wanted the revision that must have been synced; null for any */
    boolean isReached(String wanted) {
        return fresh
                && problem.isEmpty()
                && verdict == ApplicationVerdict.InSync
                && (health == null || health == HealthStatus.Healthy || health == HealthStatus.Suspended)
                && (wanted == null || wanted.equals(revision));
    }

    /** What keeps it from being reached, in a sentence. */
    String missing(String wanted) {
        if (!problem.isEmpty()) {
            return Messages.Standing_Problem(application, problem);
        }
        if (wanted != null && !wanted.equals(revision)) {
            return Messages.Standing_Revision(application, revision.isEmpty() ? "-" : revision, wanted);
        }
        return fresh ? toString() : Messages.Standing_NotYet(application);
    }

    WaitResult result() {
        return new WaitResult(application, url, verdict.name(), health == null ? null : health.name(), revision);
    }

    @Override
    public String toString() {
        return Messages.Standing_Line(application, verdict, health == null ? "-" : health);
    }
}
