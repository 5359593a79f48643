package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.SyncReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.verb.GET;

/** What a sync did: a page, a line on the build's page, a document. */
public final class SyncReportAction extends ReportAction {
    private final SyncSummary summary;

    SyncReportAction(int slot, SyncSummary summary) {
        super(slot);
        this.summary = summary;
    }

    @Override
    public String getIconFileName() {
        return "symbol-sync plugin-gitops";
    }

    @Override
    String page() {
        return "sync";
    }

    @Override
    String title() {
        return Messages.SyncReportAction_DisplayName();
    }

    @Override
    public String getApplication() {
        return summary.getApplication();
    }

    @Exported
    public SyncSummary getSummary() {
        return summary;
    }

    /** What was done, object by object; null when the document is gone. */
    @CheckForNull
    public SyncPage getPage() throws IOException {
        return ReportFolder.of(getRun(), slot())
                .read(ReportFile.sync, SyncReport.class)
                .map(report -> new SyncPage(report, Instant.now()))
                .orElse(null);
    }

    @Exported(visibility = 1)
    public List<SyncObject> getObjects() throws IOException {
        SyncPage page = getPage();
        return page == null ? List.of() : page.getObjects();
    }

    public String getHeadline() {
        return Headline.of(summary);
    }

    public String getHealthWords() {
        return summary.getHealth() == null ? "" : Words.of(summary.getHealth());
    }

    public String getHealthColor() {
        return summary.getHealth() == null ? "" : Words.color(summary.getHealth());
    }

    /** The same document as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        return Document.of(getRun(), slot(), ReportFile.sync);
    }
}
