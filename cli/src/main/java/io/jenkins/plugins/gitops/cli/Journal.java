package io.jenkins.plugins.gitops.cli;

import io.jenkins.plugins.gitops.cli.git.Commit;
import io.jenkins.plugins.gitops.engine.history.Attempt;
import io.jenkins.plugins.gitops.engine.history.Attempt.Kind;
import io.jenkins.plugins.gitops.engine.history.History;
import io.jenkins.plugins.gitops.engine.history.Reports;
import io.jenkins.plugins.gitops.engine.model.GitOpsException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectDrift;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes what commands did into an application's history. A failure to do so is a warning: what was done is done. */
final class Journal {
    private final History history;
    private final String cause;
    private final Consumer<String> warnings;

    /** @param cause who or what started it, for people */
    Journal(History history, String cause, Consumer<String> warnings) {
        this.history = history;
        this.cause = cause;
        this.warnings = warnings;
    }

    /**
     * @param wanted the set that the sync was to apply
     * @param restored the attempt that a rollback goes back to, 0 otherwise
     */
    Optional<Attempt> sync(Kind kind, SyncReport report, Commit commit, List<Manifest> wanted, int restored) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ObjectSync object : report.objects()) {
            counts.merge(object.action().name(), 1, Integer::sum);
        }
        Attempt attempt = new Attempt(
                Attempt.SCHEMA_VERSION,
                0,
                report.dryRun() ? Kind.dryRun : kind,
                report.application(),
                report.revision(),
                commit.author(),
                commit.subject(),
                cause,
                report.time(),
                report.durationMs(),
                report.result().name(),
                report.health(),
                report.message(),
                counts,
                "",
                restored,
                "",
                report.time(),
                1);
        return record(attempt, Reports.of(null, report), report.dryRun() ? List.of() : wanted);
    }

    Optional<Attempt> check(DriftReport report, Commit commit, Instant start) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ObjectDrift object : report.objects()) {
            counts.merge(object.verdict().name(), 1, Integer::sum);
        }
        Attempt attempt = new Attempt(
                Attempt.SCHEMA_VERSION,
                0,
                Kind.check,
                report.application(),
                report.revision(),
                commit.author(),
                commit.subject(),
                cause,
                start,
                Duration.between(start, report.time()).toMillis(),
                report.verdict().name(),
                null,
                "",
                counts,
                "",
                0,
                HexFormat.of().formatHex(Sha256.of(DriftDigest.of(report))),
                start,
                1);
        return record(attempt, Reports.of(report), List.of());
    }

    /** An attempt that ended before there was a report. */
    Optional<Attempt> failed(Kind kind, String application, GitOpsException why, Instant start) {
        return record(
                new Attempt(
                        Attempt.SCHEMA_VERSION,
                        0,
                        kind,
                        application,
                        "",
                        "",
                        "",
                        cause,
                        start,
                        Duration.between(start, Instant.now()).toMillis(),
                        why instanceof RefusedException ? "Refused" : "Failed",
                        null,
                        why.getMessage(),
                        Map.of(),
                        "",
                        0,
                        "",
                        start,
                        1),
                Reports.of(null, null),
                List.of());
    }

    private Optional<Attempt> record(Attempt attempt, Reports reports, List<Manifest> wanted) {
        try {
            return Optional.of(history.record(attempt, reports, wanted));
        } catch (IOException e) {
            warnings.accept("this attempt is missing in the history: " + e.getMessage());
            return Optional.empty();
        }
    }
}
