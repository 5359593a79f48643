package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/**
 * Keeps the builds of one application apart, where its configuration says so. Only those wait that triggers started; the queue
 * asks again every few seconds.
 */
@Extension
public final class Throttle extends QueueTaskDispatcher {
    @CheckForNull
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof GitOpsApplication application) || isUrgent(item)) {
            return null;
        }
        GitOpsRun last = application.getLastBuild();
        if (application.getThrottleMinutes() == 0 || last == null) {
            return null;
        }
        Instant next = Instant.ofEpochMilli(last.getStartTimeInMillis())
                .plus(Duration.ofMinutes(application.getThrottleMinutes()));
        return Instant.now().isBefore(next) ? new Waiting(application.getThrottleMinutes(), next) : null;
    }

    private static boolean isUrgent(Queue.Item item) {
        return ModeDecision.isAskedFor(item.getAllActions())
                || item.getAction(AwaitedAction.class) != null
                || item.getCauses().stream().anyMatch(ContinuationCause.class::isInstance);
    }

    /** What the queue shows. */
    static final class Waiting extends CauseOfBlockage {
        private final int minutes;
        private final Instant until;

        Waiting(int minutes, Instant until) {
            this.minutes = minutes;
            this.until = until;
        }

        @Override
        public String getShortDescription() {
            String time =
                    DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).format(until.atZone(ZoneId.systemDefault()));
            return Messages.Throttle_Waits(time, minutes);
        }
    }
}
