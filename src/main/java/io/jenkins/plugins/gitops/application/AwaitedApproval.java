package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.gitops.report.SyncObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** On an application whose last sync waits for an approval: says so at the top of its page, and leads to where it is given. */
@ExportedBean(defaultVisibility = 2)
public final class AwaitedApproval extends InvisibleAction {
    private final ApprovalPage page;

    private AwaitedApproval(ApprovalPage page) {
        this.page = page;
    }

    public ApprovalPage getPage() {
        return page;
    }

    /** The build whose page asks. */
    @Exported
    public int getWaitingBuild() {
        return page.getRun().getNumber();
    }

    /** What waits, and why. */
    @Exported
    public List<SyncObject> getWaiting() throws IOException {
        return page.getObjects();
    }

    /** Looks at the last sync only: what an earlier one asked, that one has decided anew. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsApplication> {
        @Override
        public Class<GitOpsApplication> type() {
            return GitOpsApplication.class;
        }

        @Override
        public Class<AwaitedApproval> actionType() {
            return AwaitedApproval.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
            ApplicationState.Synced attempt = application.state().get().lastAttempt();
            GitOpsRun run = attempt == null ? null : application.getBuildByNumber(attempt.build());
            return run == null
                    ? List.of()
                    : ApprovalPage.of(run).filter(page -> page.getLater() == null).stream()
                            .map(AwaitedApproval::new)
                            .toList();
        }
    }
}
