package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.ObjectSync;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What came of {@code gitopsSync}, as a script reads it. */
public final class SyncResult implements StepOutcome {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String url;
    private final String result;
    private final String message;
    private final String revision;
    private final String verdict;
    private final int drifted;
    private final String health;
    private final ArrayList<SyncedObject> objects;

    /**
     * @param url of the build that did it, relative to Jenkins's root
     * @param message why it ended as it did, where no report says so
     */
    SyncResult(
            String application,
            String url,
            Result result,
            String message,
            String revision,
            Optional<DriftReport> drift,
            Optional<SyncReport> sync) {
        this.application = application;
        this.url = url;
        this.result = result.toString();
        this.message =
                sync.map(SyncReport::message).filter(text -> !text.isEmpty()).orElse(message == null ? "" : message);
        this.revision = revision;
        this.verdict = drift.map(report -> report.verdict().name()).orElse(null);
        this.drifted = drift.map(SyncResult::differing).orElse(0);
        this.health = sync.map(SyncReport::health).map(Enum::name).orElse(null);
        this.objects = new ArrayList<>(sync.stream()
                .flatMap(report -> report.objects().stream())
                .map(SyncedObject::new)
                .toList());
    }

    private static int differing(DriftReport report) {
        return (int) report.objects().stream()
                .filter(object -> object.verdict() != Verdict.InSync && object.verdict() != Verdict.Unknown)
                .count();
    }

    /** The full name of the item, or the name given to the workspace's manifests. */
    @Whitelisted
    public String getApplication() {
        return application;
    }

    /** Of the build that did it, relative to Jenkins's root. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** As {@code currentBuild.result}: {@code SUCCESS}, {@code UNSTABLE} when unhealthy, {@code FAILURE}, {@code ABORTED}. */
    @Whitelisted
    public String getResult() {
        return result;
    }

    /** Why the result is not {@code SUCCESS}; empty otherwise. */
    @Whitelisted
    public String getMessage() {
        return message;
    }

    /** The full commit id; empty when it is not known. */
    @Whitelisted
    public String getRevision() {
        return revision;
    }

    /** Before anything was written: {@code InSync}, {@code OutOfSync}, {@code Unknown}; null when nothing was compared. */
    @CheckForNull
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** How many objects differed before anything was written. */
    @Whitelisted
    public int getDrifted() {
        return drifted;
    }

    /** Of the worst object at the end; null when nobody looked. */
    @CheckForNull
    @Whitelisted
    public String getHealth() {
        return health;
    }

    /** In the order in which they were carried out. */
    @Whitelisted
    public List<SyncedObject> getObjects() {
        return new ArrayList<>(objects);
    }

    int count(ObjectSync.Action action) {
        return (int) objects.stream()
                .filter(object -> object.getAction().equals(action.name()))
                .count();
    }

    @Override
    public Result ending() {
        return Result.fromString(result);
    }

    @Override
    public String text(Run<?, ?> run) {
        return SyncFailure.text(this, run);
    }

    @Override
    public Exception failure(Run<?, ?> run) {
        return SyncFailure.of(this, run);
    }

    /** One line for the log of whoever waited. */
    @Override
    public String toString() {
        return Messages.SyncResult_Line(
                application,
                result,
                count(ObjectSync.Action.created),
                count(ObjectSync.Action.configured) + count(ObjectSync.Action.replaced),
                count(ObjectSync.Action.pruned),
                count(ObjectSync.Action.unchanged),
                health == null ? "-" : health);
    }
}
