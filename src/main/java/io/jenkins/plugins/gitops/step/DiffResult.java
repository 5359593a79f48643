package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.Verdict;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What came of {@code gitopsDiff}, as a script reads it. */
public final class DiffResult implements StepOutcome {
    private static final long serialVersionUID = 1L;

    /** More would bury the sentence. */
    private static final int NAMED = 5;

    private final String application;
    private final String url;
    private final String message;
    private final String revision;
    private final String verdict;
    private final ArrayList<DiffObject> objects;

    /**
     * @param url of the build that compared, relative to Jenkins's root
     * @param message why there is no report
     */
    DiffResult(String application, String url, String message, String revision, Optional<DriftReport> drift) {
        this.application = application;
        this.url = url;
        this.message = message == null ? "" : message;
        this.revision = revision;
        this.verdict = drift.map(report -> report.verdict().name()).orElse(null);
        this.objects = new ArrayList<>(drift.stream()
                .flatMap(report -> report.objects().stream())
                .filter(object -> object.verdict() != Verdict.InSync)
                .map(DiffObject::new)
                .toList());
    }

    /** The full name of the item, or the name given to the workspace's manifests. */
    @Whitelisted
    public String getApplication() {
        return application;
    }

    /** Of the build that compared, relative to Jenkins's root. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** {@code SUCCESS} when nothing differs, {@code UNSTABLE} when something does, {@code FAILURE} when that could not be told. */
    @Whitelisted
    public String getResult() {
        return ending().toString();
    }

    @Override
    public Result ending() {
        return verdict == null || verdict.equals(ApplicationVerdict.Unknown.name())
                ? Result.FAILURE
                : getDrifted() == 0 ? Result.SUCCESS : Result.UNSTABLE;
    }

    /** Why nothing could be compared; empty otherwise. */
    @Whitelisted
    public String getMessage() {
        return message;
    }

    /** The full commit id; empty when it is not known. */
    @Whitelisted
    public String getRevision() {
        return revision;
    }

    /** {@code InSync}, {@code OutOfSync}, {@code Unknown}; null when nothing was compared. */
    @CheckForNull
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** How many objects differ; 0, which a script takes for false, when none does. */
    @Whitelisted
    public int getDrifted() {
        return (int) objects.stream().filter(DiffObject::isDifferent).count();
    }

    /** Those that differ, and those that could not be compared. */
    @Whitelisted
    public List<DiffObject> getObjects() {
        return new ArrayList<>(objects);
    }

    @Override
    public String text(Run<?, ?> run) {
        if (!message.isEmpty() || objects.isEmpty()) {
            return Messages.DiffResult_Failed(
                    application, message.isEmpty() ? Messages.SyncFailure_SeeLog() : message, run.getFullDisplayName());
        }
        String named = objects.stream().limit(NAMED).map(DiffObject::toString).collect(Collectors.joining("; "));
        return Messages.DiffResult_Text(objects.size(), application, named, run.getFullDisplayName());
    }

    @Override
    public Exception failure(Run<?, ?> run) {
        return new AbortException(text(run));
    }

    /** One line for the log of whoever waited. */
    @Override
    public String toString() {
        return Messages.DiffResult_Line(application, verdict == null ? "-" : verdict, getDrifted());
    }
}
