package io.jenkins.plugins.gitops.watch;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import io.jenkins.plugins.gitops.application.Identities;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the applications checked whose objects changed. What becomes of a change is that check's business: a pin, a window, a drift
 * policy and a fight mean there what they always mean.
 */
@Extension
public final class ChangedApplications extends PeriodicWork {
    /** What an application deletes itself is seen as long after its build as this. */
    private static final Duration ECHO = Duration.ofSeconds(3);

    private final Map<String, Change> changes = new HashMap<>();

    private static final class Change {
        private final ChangePace pace = new ChangePace();
        private WatchedChange first;
        private int count;
    }

    static ChangedApplications get() {
        return ExtensionList.lookupSingleton(ChangedApplications.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofSeconds(1).toMillis();
    }

    @Override
    public long getInitialDelay() {
        return getRecurrencePeriod();
    }

    /** @param cluster on which they were seen */
    void changed(String cluster, List<WatchedChange> seen) {
        Instant now = Instant.now();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            // Many changes at once are mostly of one application, and there may be thousands to look through.
            Map<String, Optional<GitOpsApplication>> applications = new HashMap<>();
            for (WatchedChange change : seen) {
                if (applications
                        .computeIfAbsent(change.application(), Identities::find)
                        .filter(found -> concerns(found, cluster, change, now))
                        .isPresent()) {
                    note(change, now);
                }
            }
        }
    }

    private synchronized void note(WatchedChange change, Instant now) {
        Change known = changes.computeIfAbsent(change.application(), any -> new Change());
        known.first = known.first == null ? change : known.first;
        known.count++;
        known.pace.changed(now);
    }

    private static boolean concerns(GitOpsApplication application, String cluster, WatchedChange change, Instant now) {
        return application.isBuildable()
                && application.getClusterName().equals(cluster)
                && !(change.deleted() && isWriting(application, now));
    }

    /** A deleted object does not say who deleted it: while the application prunes and replaces, it is taken for that. */
    private static boolean isWriting(GitOpsApplication application, Instant now) {
        GitOpsRun last = application.getLastBuild();
        if (last == null || !last.wrote()) {
            return false;
        }
        Instant end = Instant.ofEpochMilli(last.getStartTimeInMillis() + last.getDuration());
        return last.isBuilding() || now.isBefore(end.plus(ECHO));
    }

    @Override
    protected void doRun() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            due(Instant.now())
                    .forEach((uuid, cause) -> Identities.find(uuid)
                            .filter(GitOpsApplication::isBuildable)
                            .ifPresent(application -> application.scheduleCheck(cause)));
        }
    }

    private synchronized Map<String, ClusterChangeCause> due(Instant now) {
        Map<String, ClusterChangeCause> due = new HashMap<>();
        changes.values().removeIf(change -> change.pace.isIdle(now));
        changes.forEach((uuid, change) -> {
            if (change.pace.isDue(now)) {
                due.put(uuid, new ClusterChangeCause(change.first.object(), change.first.manager(), change.count - 1));
                change.first = null;
                change.count = 0;
            }
        });
        return due;
    }
}
