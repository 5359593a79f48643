package io.jenkins.plugins.gitops.reconcile;

import hudson.model.Result;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What came of a request, as the JSON documents of {@code engine.report}; each is null when the run did not come so far.
 *
 * @param driftJson what differed before anything was written
 * @param planJson what a sync would do, or has set out to do
 * @param syncJson what a sync did, or a dry run would have done
 * @param healthJson the objects' health as the comparison saw it; after a sync {@code syncJson} knows better
 * @param manifestsYaml the rendered set, Secrets masked
 * @param wanted the rendered set with the data of its Secrets, of a sync that rendered one; null otherwise
 * @param observationsJson to be given to the next request of the application
 * @param aborted whether it was stopped by request
 * @param error why it did not come to its end; null otherwise
 * @param errorCode 0 without error, else 2 input, 3 cluster or network, 4 refused (the exit codes of the command line)
 */
public record ReconcileOutcome(
        String driftJson,
        String planJson,
        String syncJson,
        String healthJson,
        String manifestsYaml,
        WantedSet wanted,
        String observationsJson,
        boolean aborted,
        String error,
        int errorCode)
        implements Serializable {
    private static final int REFUSED = 4;

    /** One that did not even begin. */
    static ReconcileOutcome failed(String error, int errorCode) {
        return new ReconcileOutcome(null, null, null, null, null, null, null, false, error, errorCode);
    }

    /** One that a rule forbade before a node heard of it. */
    public static ReconcileOutcome refused(SyncReport report) {
        return new ReconcileOutcome(
                null, null, ReportJson.pretty(report), null, null, null, null, false, report.message(), REFUSED);
    }

    public Optional<DriftReport> drift() {
        return read(driftJson, DriftReport.class);
    }

    public Optional<SyncReport> sync() {
        return read(syncJson, SyncReport.class);
    }

    public Optional<HealthReport> health() {
        return read(healthJson, HealthReport.class);
    }

    public Optional<WantedSet> set() {
        return Optional.ofNullable(wanted);
    }

    /** The build's result. */
    public Result result() {
        return new Findings(this).result();
    }

    private static <T> Optional<T> read(String json, Class<T> type) {
        try {
            return json == null ? Optional.empty() : Optional.of(ReportJson.read(json, type));
        } catch (IOException e) {
            throw new UncheckedIOException("a node wrote a report that cannot be read", e);
        }
    }
}
