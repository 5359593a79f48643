package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what a check found was put right since, when, and by which attempt (SEMANTICS 10): read from the attempts after it. */
public final class Repairs {
    private final History history;

    public Repairs(History history) {
        this.history = history;
    }

    /**
     * @return of each object that has been put right, how; those that are missing here are as they were found, as far as is known.
     *     Nothing for what is no check.
     */
    public List<Repair> of(Attempt check) throws IOException {
        DriftReport found = history.reports(check).drift();
        List<Repair> repairs = new ArrayList<>();
        if (found == null) {
            return repairs;
        }
        Set<ResourceKey> open = found.objects().stream()
                .filter(object -> object.verdict() != Verdict.InSync && object.verdict() != Verdict.Unknown)
                .map(ObjectDrift::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Attempt later : history.attemptsAfter(check.id())) {
            if (open.isEmpty()) {
                break;
            }
            for (Repair repair : endedBy(later)) {
                if (open.remove(repair.key())) {
                    repairs.add(repair);
                }
            }
        }
        return repairs;
    }

    private List<Repair> endedBy(Attempt later) throws IOException {
        Reports reports;
        try {
            reports = history.reports(later);
        } catch (DamagedException e) {
            // What the attempt did is not known; a later check says how it is.
            return List.of();
        }
        SyncReport sync = reports.sync();
        if (sync != null && later.kind() != Attempt.Kind.dryRun) {
            return sync.objects().stream()
                    .filter(object -> !object.hook() && isRight(object))
                    .map(object -> Repair.of(object.key(), later, sync.time().plusMillis(sync.durationMs())))
                    .toList();
        }
        return reports.drift() == null
                ? List.of()
                : reports.drift().objects().stream()
                        .filter(object -> object.verdict() == Verdict.InSync)
                        .map(object -> Repair.of(object.key(), later, later.time()))
                        .toList();
    }

    private static boolean isRight(ObjectSync object) {
        return switch (object.action()) {
            case created, configured, unchanged, replaced, pruned, deleted -> true;
            case skipped, waiting, failed -> false;
        };
    }
}
