package io.jenkins.plugins.gitops.report;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import java.io.IOException;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** What differed when a build compared: a page, a line on the build's page, a document. */
@ExportedBean(defaultVisibility = 2)
public final class DriftReportAction implements RunAction2 {
    private final int slot;
    private final DriftSummary summary;
    private transient Run<?, ?> run;

    DriftReportAction(int slot, DriftSummary summary) {
        this.slot = slot;
        this.summary = summary;
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
        return "symbol-drift plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Slots.title(Messages.DriftReportAction_DisplayName(), slot, getApplication());
    }

    @Override
    public String getUrlName() {
        return Slots.url("drift", slot);
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

    @Exported
    public String getApplication() {
        return summary.getApplication();
    }

    @Exported
    public DriftSummary getSummary() {
        return summary;
    }

    /** The same document as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        run.checkPermission(Item.READ);
        return Document.json(ReportFolder.of(run, slot).read(ReportFile.drift));
    }
}
