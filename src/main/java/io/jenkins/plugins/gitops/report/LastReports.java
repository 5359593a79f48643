package io.jenkins.plugins.gitops.report;

import hudson.XmlFile;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.io.File;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an application's newest reports say, kept beside its {@code config.xml}: it outlives the builds that made them. Plain
 * fields for XStream; times are milliseconds since 1970, 0 for none.
 */
final class LastReports {
    private static final Logger LOGGER = Logger.getLogger(LastReports.class.getName());

    private DriftSummary drift;
    private int driftBuild;
    private long outOfSyncSince;
    private SyncSummary sync;
    private int syncBuild;
    private HealthStatus health;
    private String problem;
    private int problemBuild;

    /** Nothing is known when there is no file, or it cannot be read. */
    static LastReports load(Job<?, ?> job) {
        XmlFile file = file(job);
        if (file.exists() && read(file) instanceof LastReports known) {
            return known;
        }
        return new LastReports();
    }

    private static Object read(XmlFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the next report writes it anew");
            return null;
        }
    }

    private static XmlFile file(Job<?, ?> job) {
        return new XmlFile(new File(job.getRootDir(), "gitops/last-reports.xml"));
    }

    void save(Job<?, ?> job) throws IOException {
        file(job).write(this);
    }

    /** A comparison; {@code healthSeen} is null when it did not look. An older one than the last changes nothing. */
    boolean add(Run<?, ?> run, DriftSummary summary, HealthStatus healthSeen) {
        if (drift != null && summary.getTime() < drift.getTime()) {
            return false;
        }
        if (summary.isInSync()) {
            outOfSyncSince = 0;
        } else if (getVerdict() != ApplicationVerdict.OutOfSync || outOfSyncSince == 0) {
            outOfSyncSince = summary.getTime();
        }
        drift = summary;
        driftBuild = run.getNumber();
        if (healthSeen != null) {
            health = healthSeen;
        }
        problem = null;
        return true;
    }

    /** A sync, or an attempt; a dry run changes nothing that could be remembered. */
    void add(Run<?, ?> run, SyncSummary summary) {
        if (summary.isDryRun() || (sync != null && summary.getTime() < sync.getTime())) {
            return;
        }
        sync = summary;
        syncBuild = run.getNumber();
        if (summary.getHealth() != null) {
            health = summary.getHealth();
        }
        if (isRepaired()) {
            outOfSyncSince = 0;
        }
        problem = null;
    }

    /** A build that ended before it had a report. */
    void add(Run<?, ?> run, String error) {
        problem = error;
        problemBuild = run.getNumber();
    }

    /** What the newest of them says of the cluster now. */
    ApplicationVerdict getVerdict() {
        if (isRepaired()) {
            return ApplicationVerdict.InSync;
        }
        return drift == null ? ApplicationVerdict.Unknown : drift.getVerdict();
    }

    /** Whether a sync came after the last comparison and left nothing undone. What it did not prune is still there. */
    boolean isRepaired() {
        return sync != null && isSyncNewest() && sync.isSucceeded() && sync.getSkipped() == 0 && sync.getWaiting() == 0;
    }

    /** Whether a sync came after the last comparison, however it ended. */
    boolean isSyncNewest() {
        return sync != null && (drift == null || drift.getTime() <= sync.getEnd());
    }

    boolean isEmpty() {
        return drift == null && sync == null && problem == null;
    }

    DriftSummary drift() {
        return drift;
    }

    int driftBuild() {
        return driftBuild;
    }

    long outOfSyncSince() {
        return outOfSyncSince;
    }

    SyncSummary sync() {
        return sync;
    }

    int syncBuild() {
        return syncBuild;
    }

    HealthStatus health() {
        return health;
    }

    String problem() {
        return problem;
    }

    int problemBuild() {
        return problemBuild;
    }
}
