package io.jenkins.plugins.gitops.application;

import hudson.model.Queue;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.model.RetryPolicy;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.ApplicationDriftAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Whether one application that another waits for is in sync with its newest revision, and healthy. What is not known, or was seen
 * before the waiting began, it has looked at by builds of that application. Used by one thread at a time.
 */
final class DependencyStanding {
    /** Between requests. */
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(15), 2, Duration.ofMinutes(5));

    private final GitOpsApplication dependency;
    private final String dependent;
    private final Instant begin;
    private boolean newest;
    private Instant nextRequest = Instant.EPOCH;
    private int requests;

    /** @param begin of the waiting: what is older says nothing */
    DependencyStanding(GitOpsApplication dependency, String dependent, Instant begin) {
        this.dependency = dependency;
        this.dependent = dependent;
        this.begin = begin;
    }

    /** What is still to come, in a sentence; empty when it is ready. May ask the source, and request a build. */
    Optional<String> missing() {
        String name = dependency.getFullName();
        if (isSyncComing()) {
            return Optional.of(Messages.DependencyStanding_Syncing(name));
        }
        if (!isNewest()) {
            return Optional.of(behind(name));
        }
        String synced = dependency.getLastSyncedRevision();
        if (synced == null || !dependency.state().get().isNewest(synced)) {
            return Optional.of(Messages.DependencyStanding_NotSynced(name));
        }
        return standing(name);
    }

    private boolean isSyncComing() {
        for (Queue.Item item : Jenkins.get().getQueue().getItems(dependency)) {
            ModeAction mode = item.getAction(ModeAction.class);
            if (mode != null && mode.getMode() == ReconcileMode.sync) {
                return true;
            }
        }
        GitOpsRun last = dependency.getLastBuild();
        return last != null && last.isLogUpdated() && last.getMode() == ReconcileMode.sync;
    }

    /** Whether Git has nothing that was not tried; asked until it has said so once. What is synced by itself is, at once. */
    private boolean isNewest() {
        if (newest || !isRequestDue()) {
            return newest;
        }
        newest = !dependency.compare(TaskListener.NULL).hasChanges();
        if (newest) {
            nextRequest = Instant.EPOCH;
            requests = 0;
        } else if (isSyncedByItself()) {
            dependency.scheduleSync(new DependencyCause(dependent));
        }
        return newest;
    }

    private boolean isSyncedByItself() {
        return dependency.getSync().isAutomatic() && dependency.isBuildable() && !isPinned();
    }

    private boolean isPinned() {
        return new Pins(dependency).isPinned();
    }

    private String behind(String name) {
        return isPinned() ? Messages.DependencyStanding_Pinned(name) : Messages.DependencyStanding_Behind(name);
    }

    private Optional<String> standing(String name) {
        ApplicationDriftAction reports = dependency.getAction(ApplicationDriftAction.class);
        long compared = reports.getDrift() == null ? 0 : reports.getDrift().getTime();
        long synced = reports.getSync() == null ? 0 : reports.getSync().getEnd();
        boolean fresh = Math.max(compared, synced) >= begin.toEpochMilli() || !dependency.isBuildable();
        Optional<String> wrong = wrong(name, reports);
        if (fresh && wrong.isEmpty()) {
            return Optional.empty();
        }
        if (dependency.isBuildable() && isRequestDue()) {
            dependency.scheduleCheck(new DependencyCause(dependent));
        }
        return fresh ? wrong : Optional.of(Messages.DependencyStanding_Checked(name));
    }

    private static Optional<String> wrong(String name, ApplicationDriftAction reports) {
        if (reports.getProblem() != null) {
            return Optional.of(Messages.DependencyStanding_Problem(name, reports.getProblem()));
        }
        if (reports.getVerdict() != ApplicationVerdict.InSync) {
            return Optional.of(Messages.DependencyStanding_Verdict(name, reports.getVerdict()));
        }
        HealthStatus health = reports.getHealth();
        return health == null || health == HealthStatus.Healthy
                ? Optional.empty()
                : Optional.of(Messages.DependencyStanding_Health(name, health));
    }

    /** Less and less often, the longer it takes. */
    private boolean isRequestDue() {
        Instant now = Instant.now();
        if (now.isBefore(nextRequest)) {
            return false;
        }
        requests++;
        nextRequest = now.plus(PAUSES.pause(requests));
        return true;
    }
}
