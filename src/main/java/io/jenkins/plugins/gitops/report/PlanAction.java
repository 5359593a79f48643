package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.io.IOException;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** What a sync would do, or has set out to do. */
@ExportedBean(defaultVisibility = 2)
public final class PlanAction implements RunAction2 {
    private final int slot;
    private final String application;
    private final int create;
    private final int configure;
    private final int prune;
    private transient Run<?, ?> run;

    PlanAction(int slot, PlanReport report) {
        this.slot = slot;
        application = report.application();
        create = count(report, PlanReport.Action.create);
        configure = count(report, PlanReport.Action.configure);
        prune = count(report, PlanReport.Action.prune);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public String getIconFileName() {
        return "symbol-list";
    }

    @Override
    public String getDisplayName() {
        return Slots.title(Messages.PlanAction_DisplayName(), slot, getApplication());
    }

    @Override
    public String getUrlName() {
        return Slots.url("plan", slot);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    int slot() {
        return slot;
    }

    public Api getApi() {
        return new Api(this);
    }

    private static int count(PlanReport report, PlanReport.Action action) {
        return (int)
                report.tasks().stream().filter(task -> task.action() == action).count();
    }

    @Exported
    public String getApplication() {
        return application;
    }

    @Exported
    public int getCreate() {
        return create;
    }

    @Exported
    public int getConfigure() {
        return configure;
    }

    @Exported
    public int getPrune() {
        return prune;
    }

    /** Null when the document is gone. */
    @CheckForNull
    public PlanPage getPage() throws IOException {
        return ReportFolder.of(run, slot)
                .read(ReportFile.plan, PlanReport.class)
                .map(PlanPage::new)
                .orElse(null);
    }

    /** The same document as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        return Document.of(run, slot, ReportFile.plan);
    }
}
