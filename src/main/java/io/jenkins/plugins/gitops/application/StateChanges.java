package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells {@link GitOpsListener}s what a build changed. What they know already is kept beside config.xml, so that a restart tells
 * nothing twice; drift is {@link DriftAlert}'s.
 */
@Extension
public final class StateChanges extends RunListener<GitOpsRun> {
    private static final Logger LOGGER = Logger.getLogger(StateChanges.class.getName());

    /** What listeners were told last. */
    private record Told(boolean syncFailed, List<String> fights) {
        static final Told NOTHING = new Told(false, List.of());

        Told {
            fights = fights == null ? List.of() : List.copyOf(fights);
        }
    }

    @Override
    public void onCompleted(GitOpsRun run, @NonNull TaskListener listener) {
        try {
            completed(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell what " + run + " changed");
        }
    }

    private static void completed(GitOpsRun run) throws IOException {
        JobFile file = new JobFile(run.getParent()::getRootDir, "gitops-told.json");
        String json = file.read().orElse("");
        Told before = json.isEmpty() ? Told.NOTHING : ReportJson.read(json, Told.class);
        Told after =
                switch (run.getMode()) {
                    case sync -> run.getAction(RemovalAction.class) == null ? synced(run, before) : before;
                    case check -> checked(run, before);
                    case dryRun -> before;
                };
        if (!after.equals(before)) {
            file.write(ReportJson.compact(after));
        }
    }

    private static Told synced(GitOpsRun run, Told before) throws IOException {
        if (hasFailed(run)) {
            if (!before.syncFailed()) {
                GitOpsListener.fireSyncFailed(run);
            }
            return new Told(true, before.fights());
        }
        if (before.syncFailed() && run.getResult() == Result.SUCCESS) {
            GitOpsListener.fireRecovered(run);
            return new Told(false, before.fights());
        }
        return before;
    }

    /** What waits for an approval has not failed, nor has what was aborted or overtaken. */
    private static boolean hasFailed(GitOpsRun run) throws IOException {
        return run.getResult() == Result.FAILURE
                || run.getResult() == Result.UNSTABLE
                        && Reports.sync(run)
                                .filter(report -> report.result() == SyncReport.Result.Failed)
                                .isPresent();
    }

    private static Told checked(GitOpsRun run, Told before) {
        if (run.isHealed()) {
            GitOpsListener.fireHeal(run);
        }
        List<String> fights = run.getFights();
        if (!new HashSet<>(before.fights()).containsAll(fights)) {
            GitOpsListener.fireFight(run);
        }
        return run.knowsFights() ? new Told(before.syncFailed(), fights) : before;
    }
}
