package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Item;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsRun;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * On a pipeline's build, the build of an application that it asked for. Only names are kept: the page shows what that build
 * says now, to those who may see its application.
 */
@ExportedBean(defaultVisibility = 2)
public final class ApplicationBuildAction extends InvisibleAction {
    private final String application;
    private final int build;

    public ApplicationBuildAction(GitOpsRun run) {
        application = run.getParent().getFullName();
        build = run.getNumber();
    }

    /** Full name of the item. */
    @Exported
    public String getApplication() {
        return application;
    }

    @Exported
    public int getBuild() {
        return build;
    }

    /** Whether it tells of that build. */
    public boolean isOf(GitOpsRun run) {
        return build == run.getNumber() && application.equals(run.getParent().getFullName());
    }

    /** Null when the application or its build is gone, or the viewer may not see it. */
    @CheckForNull
    public Attempt getAttempt() {
        GitOpsApplication item = Jenkins.get().getItemByFullName(application, GitOpsApplication.class);
        if (item == null || !item.hasPermission(Item.READ)) {
            return null;
        }
        GitOpsRun run = item.getBuildByNumber(build);
        return run == null ? null : new Attempt(run, Instant.now());
    }
}
