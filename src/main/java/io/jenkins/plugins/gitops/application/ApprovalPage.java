package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.SyncObject;
import io.jenkins.plugins.gitops.report.SyncPage;
import io.jenkins.plugins.gitops.report.SyncReportAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** On a sync that waits for an approval: what waits and why, and the button that lets it go on in a sync of its own. */
public final class ApprovalPage implements Action {
    /** Checks may go on for months while something waits, and the application's page asks each time it is shown. */
    private static final int LOOKED_AT = 200;

    private final GitOpsRun run;
    private final SyncReportAction report;

    private ApprovalPage(GitOpsRun run, SyncReportAction report) {
        this.run = run;
        this.report = report;
    }

    /** Of a build that ended so; empty otherwise. */
    static Optional<ApprovalPage> of(GitOpsRun run) {
        if (run.getAction(RemovalAction.class) != null || run.getAction(FormerDestination.class) != null) {
            // What is deleted has a form of its own for that.
            return Optional.empty();
        }
        return run.getActions(SyncReportAction.class).stream()
                .filter(report -> report.getSummary().getResult() == SyncReport.Result.Waiting)
                .map(report -> new ApprovalPage(run, report))
                .findFirst();
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return run.getParent().hasPermission(getPermission()) ? "symbol-check" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "approve";
    }

    public GitOpsRun getRun() {
        return run;
    }

    /** What it takes: nothing is done here that a sync could not do. A rollback is approved by who may roll back. */
    public Permission getPermission() {
        return isRollback() ? GitOpsPermissions.ROLLBACK : GitOpsPermissions.SYNC;
    }

    public boolean isAllowed() {
        return run.getParent().hasPermission(getPermission());
    }

    public boolean isRollback() {
        return run.getAction(RollbackRequest.class) != null;
    }

    /** Whether it was a preview, so that what does not wait is not done either. */
    public boolean isDryRun() {
        return report.getSummary().isDryRun();
    }

    /** The objects that wait. */
    public List<SyncObject> getObjects() throws IOException {
        SyncPage page = report.getPage();
        return page == null
                ? List.of()
                : page.getObjects().stream().filter(SyncObject::isWaiting).toList();
    }

    public String getHeadline() throws IOException {
        return Messages.ApprovalPage_Waiting(getObjects().size());
    }

    /** The build that has synced since, so that this one's question is an old one; null when there is none among the next. */
    @CheckForNull
    public GitOpsRun getLater() {
        GitOpsRun later = run.getNextBuild();
        for (int seen = 0; later != null && seen < LOOKED_AT; seen++) {
            if (later.getMode() == ReconcileMode.sync && !later.isBuilding()) {
                return later;
            }
            later = later.getNextBuild();
        }
        return null;
    }

    /** Schedules a sync that may do what is named in the parameters {@code object}. */
    @RequirePOST
    public HttpResponse doApprove(StaplerRequest2 request, @QueryParameter String reason) throws IOException {
        GitOpsApplication application = run.getParent();
        application.checkPermission(getPermission());
        String[] given = request.getParameterValues("object");
        List<String> objects =
                given == null ? List.of() : Stream.of(given).distinct().toList();
        if (objects.isEmpty()) {
            throw new Failure(Messages.ApprovalPage_Nothing());
        }
        Set<String> waiting =
                getObjects().stream().map(object -> object.getHeader().getKey()).collect(Collectors.toSet());
        for (String object : objects) {
            if (!waiting.contains(object)) {
                throw new Failure(Messages.ApprovalPage_NotWaiting(object, waiting));
            }
        }
        Approval approval = new Approval(
                objects,
                Jenkins.getAuthentication2().getName(),
                Util.fixNull(reason).strip());
        List<Action> actions = new ArrayList<>();
        actions.add(approval);
        actions.add(new CauseAction(new Cause.UserIdCause()));
        RollbackRequest rollback = run.getAction(RollbackRequest.class);
        if (rollback != null) {
            actions.add(rollback);
        }
        if (application.schedule(ReconcileMode.sync, actions) == null) {
            return HttpResponses.errorWithoutStack(
                    409, Messages.GitOpsApplication_NotBuildable(application.getFullName()));
        }
        Audit.of(application).approved(approval, run);
        return HttpResponses.redirectTo("../..");
    }

    /** Gives the page to every sync that ended so. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsRun> {
        @Override
        public Class<GitOpsRun> type() {
            return GitOpsRun.class;
        }

        @Override
        public Class<ApprovalPage> actionType() {
            return ApprovalPage.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsRun run) {
            return of(run).stream().toList();
        }
    }
}
