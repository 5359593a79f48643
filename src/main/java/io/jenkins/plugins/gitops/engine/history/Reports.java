package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import io.jenkins.plugins.gitops.engine.report.SyncReport;

/** What an attempt reported; null what it did not make. */
public record Reports(DriftReport drift, PlanReport plan, SyncReport sync) {
    public static Reports of(DriftReport drift) {
        return new Reports(drift, null, null);
    }

    public static Reports of(PlanReport plan, SyncReport sync) {
        return new Reports(null, plan, sync);
    }
}
