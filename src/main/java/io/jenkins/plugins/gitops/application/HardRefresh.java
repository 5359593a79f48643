package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.queue.FoldableAction;
import hudson.security.Permission;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.gitops.reconcile.ReconcileMode;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Looks at an application anew, without anything that is kept between builds: what a Git server answered a moment ago, what was
 * rendered before, what the cluster serves. Polls at once where a schedule polls, and checks. It writes nothing by itself.
 */
public final class HardRefresh extends InvisibleAction {
    private final GitOpsApplication application;

    HardRefresh(GitOpsApplication application) {
        this.application = application;
    }

    @Override
    public String getUrlName() {
        return "hardRefresh";
    }

    /** For the page. */
    public Permission getPermission() {
        return GitOpsPermissions.SYNC;
    }

    /** For the page. */
    public boolean isPossible() {
        return application.isBuildable();
    }

    @RequirePOST
    public HttpResponse doIndex() {
        application.checkPermission(GitOpsPermissions.SYNC);
        SharedHeads.get().forget();
        List<Action> actions = List.of(new Asked(), new CauseAction(new Cause.UserIdCause()));
        if (application.schedule(ReconcileMode.check, actions) == null) {
            return HttpResponses.errorWithoutStack(
                    409, Messages.GitOpsApplication_NotBuildable(application.getFullName()));
        }
        SCMTrigger polling = application.getSCMTrigger();
        if (polling != null) {
            polling.run();
        }
        return HttpResponses.redirectTo("..");
    }

    /** On a build that uses nothing that is kept. Whatever it is folded into does so too. */
    static final class Asked extends InvisibleAction implements FoldableAction {
        @Override
        public void foldIntoExisting(Queue.Item item, Queue.Task owner, List<Action> others) {
            if (item.getAction(Asked.class) == null) {
                item.addAction(this);
            }
        }

        @Override
        public String toString() {
            return "hard refresh";
        }
    }

    /** Gives every application its button. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsApplication> {
        @Override
        public Class<GitOpsApplication> type() {
            return GitOpsApplication.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
            return List.of(new HardRefresh(application));
        }
    }
}
