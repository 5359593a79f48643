package io.jenkins.plugins.gitops.application;

import io.jenkins.plugins.gitops.reconcile.Findings;
import java.io.IOException;
import java.io.PrintStream;

/**
 * What was last told of an application's drift, kept beside config.xml: people are told of a change, not of every check. A
 * build that could not tell whether there is drift changes nothing.
 */
final class DriftAlert {
    private final GitOpsApplication application;
    private final JobFile told;

    DriftAlert(GitOpsApplication application) {
        this.application = application;
        this.told = new JobFile(application::getRootDir, "gitops-alert.txt");
    }

    /** Whether people were told of drift, and not yet that it is gone. */
    boolean isOn() throws IOException {
        return application.getDriftPolicy() == DriftPolicy.alert && !last().isEmpty();
    }

    /** After a check. */
    void checked(GitOpsRun run, Findings findings, PrintStream log) throws IOException {
        if (findings.isDrifted()) {
            drifted(run, findings.digest().orElse("drift"), log);
        } else if (findings.isInSync()) {
            gone(run, log);
        }
    }

    /** After a sync that applied everything. */
    void synced(GitOpsRun run, PrintStream log) throws IOException {
        gone(run, log);
    }

    private void drifted(GitOpsRun run, String drift, PrintStream log) throws IOException {
        if (application.getDriftPolicy() != DriftPolicy.alert) {
            return;
        }
        if (drift.equals(last())) {
            log.println(Messages.DriftAlert_Known());
            return;
        }
        told.write(drift);
        log.println(Messages.DriftAlert_Drift());
        GitOpsListener.fireDrift(run);
    }

    private void gone(GitOpsRun run, PrintStream log) throws IOException {
        if (last().isEmpty()) {
            return;
        }
        boolean on = isOn();
        told.write("");
        if (on) {
            log.println(Messages.DriftAlert_Gone());
            GitOpsListener.fireDriftGone(run);
        }
    }

    private String last() throws IOException {
        return told.read().orElse("");
    }
}
