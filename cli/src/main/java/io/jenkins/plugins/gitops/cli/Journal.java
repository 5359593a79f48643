package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Commit;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.AuditEntry;
import io.jenkins.plugins.gitops.engine.history.AuditEntry.Action;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.history.Reports;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes what commands did into an application's history. A failure to do so is a warning: what was done is done. */
final class Journal {
    private static final Set<Kind> WRITING = EnumSet.of(Kind.sync, Kind.heal, Kind.rollback, Kind.delete);

    private final History history;
    private final String by;
    private final String how;
    private final String cause;
    private final Consumer<String> warnings;

    /**
     * @param by who started it
     * @param how by which command
     */
    Journal(History history, String by, String how, Consumer<String> warnings) {
        this.history = history;
        this.by = by;
        this.how = how;
        this.cause = how + " by " + by;
        this.warnings = warnings;
    }

    /** Told before it is acted upon: a death in between leaves an approval too many, never one too few. */
    void approved(String application, String revision, List<String> objects) {
        audit(AuditEntry.approval(Instant.now(), application, by, how, revision, objects));
    }

    /** Somebody let it pass that another plan is carried out than the one that was seen. */
    void replanned(String application, String revision, String why) {
        audit(new AuditEntry(
                AuditEntry.SCHEMA_VERSION,
                Instant.now(),
                application,
                Action.approve,
                by,
                how,
                0,
                0,
                revision,
                "",
                List.of(),
                why));
    }

    void pinned(String application, Pin pin) {
        audit(AuditEntry.ofPin(pin.time(), application, Action.pin, by, how, pin, pin.reason()));
    }

    /** @param why it was, for whoever reads it later */
    void unpinned(String application, Pin pin, String why) {
        audit(AuditEntry.ofPin(Instant.now(), application, Action.unpin, by, how, pin, why));
    }

    private void audit(AuditEntry entry) {
        try {
            history.audit().add(entry);
        } catch (IOException e) {
            warnings.accept("this " + entry.action() + " is missing in the audit log: " + e.getMessage());
        }
    }

    /**
     * @param plan what was carried out
     * @param wanted the set that the sync was to apply
     * @param restored the attempt that a rollback goes back to, 0 otherwise
     */
    Optional<Attempt> sync(
            Kind kind,
            SyncReport report,
            Optional<PlanReport> plan,
            Commit commit,
            List<Manifest> wanted,
            int restored) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ObjectSync object : report.objects()) {
            counts.merge(object.action().name(), 1, Integer::sum);
        }
        Attempt attempt = Attempt.draft(
                        report.dryRun() ? Kind.dryRun : kind, report.application(), cause, report.time())
                .commit(report.revision(), commit.author(), commit.subject())
                .ended(report.result().name(), report.message(), report.durationMs())
                .health(report.health())
                .counts(counts)
                .restored(restored)
                .build();
        // What a part of it applied is no set that ran as a whole, so there is nothing to go back to.
        boolean whole = !report.dryRun() && !report.partial();
        return record(attempt, Reports.of(plan.orElse(null), report), whole ? wanted : List.of());
    }

    Optional<Attempt> check(DriftReport report, Commit commit, Instant start) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ObjectDrift object : report.objects()) {
            counts.merge(object.verdict().name(), 1, Integer::sum);
        }
        Attempt attempt = Attempt.draft(Kind.check, report.application(), cause, start)
                .commit(report.revision(), commit.author(), commit.subject())
                .ended(
                        report.verdict().name(),
                        "",
                        Duration.between(start, report.time()).toMillis())
                .counts(counts)
                .finding(HexFormat.of().formatHex(Sha256.of(DriftDigest.of(report))))
                .build();
        return record(attempt, Reports.of(report), List.of());
    }

    /** An attempt that ended before there was a report. */
    Optional<Attempt> failed(Kind kind, String application, GitOpsException why, Instant start) {
        Attempt attempt = Attempt.draft(kind, application, cause, start)
                .ended(
                        why instanceof RefusedException ? "Refused" : "Failed",
                        why.getMessage(),
                        Duration.between(start, Instant.now()).toMillis())
                .build();
        return record(attempt, Reports.of(null, null), List.of());
    }

    private Optional<Attempt> record(Attempt attempt, Reports reports, List<Manifest> wanted) {
        Optional<Attempt> recorded;
        try {
            recorded = Optional.of(history.record(attempt, reports, wanted));
        } catch (IOException e) {
            warnings.accept("this attempt is missing in the history: " + e.getMessage());
            recorded = Optional.empty();
        }
        if (WRITING.contains(attempt.kind())) {
            audit(AuditEntry.of(recorded.orElse(attempt), by, how));
        }
        return recorded;
    }
}
