package io.jenkins.plugins.gitops.report;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.application.Audit;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.GitOpsPermissions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** An application's attempts, newest first: at most {@link Paging#SIZE} builds are loaded for a page, never all. */
@ExportedBean(defaultVisibility = 2)
public final class SyncHistoryAction implements Action {
    private final GitOpsApplication application;

    SyncHistoryAction(GitOpsApplication application) {
        this.application = application;
    }

    @Override
    public String getIconFileName() {
        return "symbol-build-history";
    }

    @Override
    public String getDisplayName() {
        return Messages.SyncHistoryAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "history";
    }

    public GitOpsApplication getApplication() {
        return application;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** A part of the history. */
    public record Page(List<Attempt> attempts, Integer older, boolean newest) {
        public List<Attempt> getAttempts() {
            return attempts;
        }

        /** The build below which the next part begins; null on the last part. */
        public Integer getOlder() {
            return older;
        }

        public boolean isNewest() {
            return newest;
        }
    }

    public Page getPage() {
        int before = Paging.parameter("before", 0);
        return page(before == 0 ? application.getLastBuild() : application.getNearestOldBuild(before - 1), before == 0);
    }

    private static Page page(Run<?, ?> newest, boolean first) {
        Instant now = Instant.now();
        List<Attempt> attempts = new ArrayList<>();
        Run<?, ?> run = newest;
        while (run != null && attempts.size() < Paging.SIZE) {
            attempts.add(new Attempt(run, now));
            run = run.getPreviousBuild();
        }
        return new Page(attempts, run == null ? null : attempts.getLast().getNumber(), first);
    }

    /** For the page. */
    public Permission getRollbackPermission() {
        return GitOpsPermissions.ROLLBACK;
    }

    /** Who did what and why, as JSON lines, oldest first. */
    @GET
    @WebMethod(name = "audit.jsonl")
    public HttpResponse doAudit() throws IOException {
        application.checkPermission(Item.EXTENDED_READ);
        return HttpResponses.text(Audit.lines(application));
    }

    /** The newest ones; {@code ?before=} a number gives older ones. */
    @Exported(visibility = 1)
    public List<Attempt> getAttempts() {
        return getPage().attempts();
    }
}
