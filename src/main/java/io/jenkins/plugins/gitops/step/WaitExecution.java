package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Looks now and then how an application stands, and has it checked when nobody else did since it was looked at last. The deadline and what
 * it waits for survive a restart; the time that Jenkins was down counts.
 */
@SuppressFBWarnings(value = "SE_TRANSIENT_FIELD_NOT_RESTORED", justification = "After a restart it looks anew")
final class WaitExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final long LOOK_SECONDS = 2;

    /** Between two checks that it asks for. */
    private static final Duration CHECK_AGAIN = Duration.ofSeconds(15);

    private final String named;
    private final String revision;
    private final int minutes;
    private String application;
    private String uuid;
    private long begin;
    private long deadline;

    private transient volatile ScheduledFuture<?> next;
    private transient Instant checked;
    private transient String told;

    WaitExecution(StepContext context, GitOpsWaitStep step) {
        super(context);
        this.named = step.getApplication();
        this.revision = step.getRevision();
        this.minutes = step.getTimeout();
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> pipeline = getContext().get(Run.class);
        GitOpsApplication item = NamedApplication.find(named, pipeline.getParent());
        item.checkPermission(GitOpsPermissions.SYNC);
        application = item.getFullName();
        uuid = item.getUuid();
        Instant now = Instant.now();
        begin = now.toEpochMilli();
        deadline = now.plus(Duration.ofMinutes(minutes)).toEpochMilli();
        log(Messages.WaitExecution_Waiting(ModelHyperlinkNote.encodeTo(item), minutes));
        arm(0);
        return false;
    }

    @Override
    public void onResume() {
        arm(LOOK_SECONDS);
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        ScheduledFuture<?> armed = next;
        if (armed != null) {
            armed.cancel(false);
        }
        super.stop(cause);
    }

    private void arm(long seconds) {
        next = Timer.get().schedule(this::look, seconds, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Standing standing = standing();
            if (standing.isReached(revision)) {
                log(standing.toString());
                getContext().onSuccess(standing.result());
            } else if (System.currentTimeMillis() > deadline) {
                getContext()
                        .onFailure(new AbortException(
                                Messages.WaitExecution_TooLate(application, minutes, standing.missing(revision))));
            } else {
                tell(standing.missing(revision));
                arm(LOOK_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        }
    }

    private Standing standing() throws IOException, InterruptedException {
        GitOpsApplication item = NamedApplication.again(application, uuid);
        if (item == null) {
            throw new AbortException(Messages.ApplicationSyncExecution_Gone(application));
        }
        GitOpsRun last = item.getLastBuild();
        boolean busy = item.isInQueue() || last != null && last.isLogUpdated();
        Standing standing = Standing.of(item, Instant.ofEpochMilli(begin), busy);
        if (!busy && !standing.isReached(revision) && isCheckDue()) {
            checked = Instant.now();
            item.scheduleCheck(new WaitCause(getContext().get(Run.class).getFullDisplayName()));
        }
        return standing;
    }

    private boolean isCheckDue() {
        return checked == null || checked.plus(CHECK_AGAIN).isBefore(Instant.now());
    }

    /** What is missing is told when it changes. */
    private void tell(String missing) throws IOException, InterruptedException {
        if (!missing.equals(told)) {
            told = missing;
            log(missing);
        }
    }

    @Override
    public String getStatus() {
        return "waiting for " + application;
    }

    private void log(String line) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(line);
    }
}
