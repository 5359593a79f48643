package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.engine.compare.SetComparison;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import io.jenkins.plugins.gitops.report.Reports;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** On a build whose set is kept: what going back to it would change, and the button that does it. */
public final class RollbackPage implements Action {
    private final GitOpsRun run;
    private List<RollbackChange> changes;

    private RollbackPage(GitOpsRun run) {
        this.run = run;
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return run.getParent().hasPermission(GitOpsPermissions.ROLLBACK) ? "symbol-rollback plugin-gitops" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.RollbackPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "rollback";
    }

    public GitOpsRun getRun() {
        return run;
    }

    public Permission getPermission() {
        return GitOpsPermissions.ROLLBACK;
    }

    /** What runs now, as far as is known; null when that set is not kept. */
    @CheckForNull
    public GitOpsRun getFrom() throws IOException {
        return sets().last().isPresent() ? run.getParent().getLastSyncedRun() : null;
    }

    /** Objects that differ between what runs and this build's set. */
    public List<RollbackChange> getChanges() throws IOException {
        if (changes == null) {
            Optional<String> last = sets().last();
            changes = last.isEmpty() ? List.of() : changes(sets().read(last.get()));
        }
        return changes;
    }

    private List<RollbackChange> changes(List<Manifest> running) throws IOException {
        Set<ResourceKey> unpruned = Reports.unpruned(run.getParent());
        return new SetComparison()
                .between(running, sets().read(set())).stream()
                        .map(change -> new RollbackChange(change, unpruned.contains(change.key())))
                        .toList();
    }

    /** Why there is no going back; empty when there is. */
    public String getProblem() {
        try {
            getObjectCount();
            getChanges();
            return "";
        } catch (IOException e) {
            return Messages.Rollback_NoSet(run.getNumber(), e.getMessage());
        }
    }

    public String getHeadline() throws IOException {
        if (getFrom() == null) {
            return Messages.RollbackPage_Unknown();
        }
        int count = getChanges().size();
        return count == 0 ? Messages.RollbackPage_Nothing() : Messages.RollbackPage_Changes(count);
    }

    /** How many objects there would be. */
    public int getObjectCount() throws IOException {
        return sets().read(set()).size();
    }

    private AppliedSets sets() {
        return new AppliedSets(run.getParent());
    }

    private String set() throws IOException {
        return sets().of(run).orElseThrow(() -> new IOException("the set of " + run + " is not kept any more"));
    }

    @RequirePOST
    public HttpResponse doRollback(@QueryParameter String reason) throws IOException {
        GitOpsApplication application = run.getParent();
        application.checkPermission(GitOpsPermissions.ROLLBACK);
        RollbackRequest request = RollbackRequest.to(
                        application,
                        run.getNumber(),
                        Jenkins.getAuthentication2().getName(),
                        Util.fixNull(reason).strip())
                .orElse(null);
        if (request == null) {
            return HttpResponses.errorWithoutStack(409, Messages.Rollback_NotKept(run.getNumber()));
        }
        List<Action> actions = List.of(request, new CauseAction(new Cause.UserIdCause()));
        if (application.schedule(ReconcileMode.sync, actions) == null) {
            return HttpResponses.errorWithoutStack(
                    409, Messages.GitOpsApplication_NotBuildable(application.getFullName()));
        }
        return HttpResponses.redirectTo("../..");
    }

    /** Gives the page to every build that can be gone back to. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsRun> {
        @Override
        public Class<GitOpsRun> type() {
            return GitOpsRun.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsRun run) {
            return run.isRestorable() ? List.of(new RollbackPage(run)) : List.of();
        }
    }
}
