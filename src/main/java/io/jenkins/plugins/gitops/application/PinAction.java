package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.security.Permission;
import io.jenkins.plugins.gitops.engine.history.Pin;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where an application is pinned: a banner on its page, two buttons, and the remote API. */
@ExportedBean(defaultVisibility = 2)
public final class PinAction implements Action {
    private final GitOpsApplication application;
    private final Pins pins;

    PinAction(GitOpsApplication application) {
        this.application = application;
        this.pins = new Pins(application);
    }

    /** It has its own place among the tasks, see {@code action.jelly}. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    /** Names the page among the breadcrumbs. */
    @Override
    public String getDisplayName() {
        return Messages.PinAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "pin";
    }

    public Api getApi() {
        return new Api(this);
    }

    /** For the pages. */
    public GitOpsApplication getApplication() {
        return application;
    }

    public Permission getPermission() {
        return GitOpsPermissions.ROLLBACK;
    }

    @Exported
    public boolean isPinned() {
        return pins.isPinned();
    }

    /** The build whose objects are kept; null while Git is followed. */
    @Exported
    @CheckForNull
    public Integer getPinnedTo() throws IOException {
        return pins.pin().map(Pin::attempt).orElse(null);
    }

    @Exported
    @CheckForNull
    public String getBy() throws IOException {
        return pins.pin().map(Pin::by).orElse(null);
    }

    @Exported
    @CheckForNull
    public String getReason() throws IOException {
        return pins.pin().map(Pin::reason).orElse(null);
    }

    /** In milliseconds since 1970. */
    @Exported
    @CheckForNull
    public Long getSince() throws IOException {
        return pins.pin().map(Pin::time).map(Instant::toEpochMilli).orElse(null);
    }

    /** Null when it follows Git, or that build is gone. */
    @CheckForNull
    public GitOpsRun getPinnedRun() {
        try {
            return pins.pin()
                    .map(pin -> application.getBuildByNumber(pin.attempt()))
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** For the banner. */
    public String getWords() {
        try {
            return pins.pin().map(Pins::words).orElse("");
        } catch (IOException e) {
            return Messages.PinAction_Damaged(e.getMessage());
        }
    }

    /** Whether there is a set to stay at. */
    public boolean isPinnable() throws IOException {
        return !isPinned() && new AppliedSets(application).last().isPresent();
    }

    /** The build that {@link #doPin} would pin to. */
    @CheckForNull
    public GitOpsRun getLastSynced() {
        return application.getLastSyncedRun();
    }

    /** Stays at what the last sync applied, whatever Git says. */
    @RequirePOST
    public HttpResponse doPin(@QueryParameter String reason) throws IOException {
        application.checkPermission(GitOpsPermissions.ROLLBACK);
        GitOpsRun last = application.getLastSyncedRun();
        Optional<String> set = new AppliedSets(application).last();
        if (last == null || set.isEmpty()) {
            return HttpResponses.errorWithoutStack(409, Messages.PinAction_NothingToKeep());
        }
        String why = Util.fixNull(reason).strip();
        Pin pin = new Pin(last.getNumber(), last.getRevision(), set.get(), user(), Instant.now(), why);
        pins.pin(pin);
        Audit.of(application).pinned(user(), pin);
        return HttpResponses.redirectTo("..");
    }

    /** Follows Git again; where syncs are automatic, at once. */
    @RequirePOST
    public HttpResponse doUnpin() throws IOException {
        application.checkPermission(GitOpsPermissions.ROLLBACK);
        Optional<Pin> pin = pins.readable();
        pins.unpin();
        if (pin.isPresent()) {
            Audit.of(application).unpinned(user(), pin.get());
        }
        if (application.getSync().isAutomatic() && application.isBuildable()) {
            application.scheduleSync(new UnpinCause(user()));
        }
        return HttpResponses.redirectTo("..");
    }

    private static String user() {
        return Jenkins.getAuthentication2().getName();
    }

    /** Gives every application its pin. */
    @Extension
    public static final class Factory extends TransientActionFactory<GitOpsApplication> {
        @Override
        public Class<GitOpsApplication> type() {
            return GitOpsApplication.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull GitOpsApplication application) {
            return List.of(new PinAction(application));
        }
    }
}
