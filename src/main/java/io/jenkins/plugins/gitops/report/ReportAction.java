package io.jenkins.plugins.gitops.report;

import hudson.model.Api;
import hudson.model.Run;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build keeps of one document of one reconcile, and the page on which it shows. A build may reconcile several
 * applications: each has a slot of its own, which tells its pages and documents from the others'.
 */
@ExportedBean(defaultVisibility = 2)
public abstract class ReportAction implements RunAction2 {
    private final int slot;
    private transient Run<?, ?> run;

    ReportAction(int slot) {
        this.slot = slot;
    }

    /** Which of the application's documents it is: the page's URL in the first slot. */
    abstract String page();

    /** What the page is called in the first slot. */
    abstract String title();

    /** The application's name. */
    @Exported
    public abstract String getApplication();

    @Override
    public final void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public final void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public final String getDisplayName() {
        return Slots.title(title(), slot, getApplication());
    }

    @Override
    public final String getUrlName() {
        return Slots.url(page(), slot);
    }

    public final Run<?, ?> getRun() {
        return run;
    }

    public final Api getApi() {
        return new Api(this);
    }

    final int slot() {
        return slot;
    }
}
