package io.jenkins.plugins.gitops.reconcile;

import java.io.Serializable;

/**
 * What came of a request, as the JSON documents of {@code engine.report}; each is null when the run did not come so far.
 *
 * @param driftJson what differed before anything was written
 * @param planJson what a sync would do, or has set out to do
 * @param syncJson what a sync did, or a dry run would have done
 * @param healthJson the objects' health as the comparison saw it; after a sync {@code syncJson} knows better
 * @param manifestsYaml the rendered set, Secrets masked
 * @param observationsJson to be given to the next request of the application
 * @param aborted whether it was stopped by request
 * @param error why it ended before its report could say so; null otherwise
 * @param errorCode 0 without error, else 2 input, 3 cluster or network, 4 refused (the exit codes of the command line)
 */
public record ReconcileOutcome(
        String driftJson,
        String planJson,
        String syncJson,
        String healthJson,
        String manifestsYaml,
        String observationsJson,
        boolean aborted,
        String error,
        int errorCode)
        implements Serializable {}
