package io.jenkins.plugins.gitops.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What a step throws when its sync did not succeed: one sentence that says what is wrong and where to look. */
final class SyncFailure {
    /** More would bury the sentence. */
    private static final int OBJECTS = 5;

    private SyncFailure() {}

    /** @param run where the reports and the log are */
    static Exception of(SyncResult result, Run<?, ?> run) {
        String text = text(result, run);
        return result.getResult().equals(Result.ABORTED.toString())
                ? new FlowInterruptedException(Result.ABORTED, false, new SyncAborted(text))
                : new AbortException(text);
    }

    static String text(SyncResult result, Run<?, ?> run) {
        return Messages.SyncFailure_Text(
                result.getApplication(), result.getResult(), reason(result), run.getFullDisplayName());
    }

    private static String reason(SyncResult result) {
        if (!result.getMessage().isEmpty()) {
            return result.getMessage();
        }
        String objects = result.getObjects().stream()
                .filter(SyncFailure::isWrong)
                .limit(OBJECTS)
                .map(SyncFailure::line)
                .collect(Collectors.joining("; "));
        return objects.isEmpty() ? Messages.SyncFailure_SeeLog() : objects;
    }

    private static boolean isWrong(SyncedObject object) {
        return object.getAction().equals("failed")
                || "Degraded".equals(object.getHealth())
                || "Missing".equals(object.getHealth());
    }

    private static String line(SyncedObject object) {
        String why = object.getMessage() == null || object.getMessage().isEmpty()
                ? object.getHealthMessage()
                : object.getMessage();
        String state = object.getAction().equals("failed") ? "failed" : object.getHealth();
        return object + " " + state + (why == null || why.isEmpty() ? "" : ": " + why);
    }

    /** Somebody stopped the sync itself; the pipeline is aborted too. */
    static final class SyncAborted extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String text;

        SyncAborted(String text) {
            this.text = text;
        }

        @Override
        public String getShortDescription() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SyncAborted aborted && aborted.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }
}
