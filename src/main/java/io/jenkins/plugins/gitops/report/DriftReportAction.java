package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.verb.GET;

/** What differed when a build compared: a page, a line on the build's page, a document. */
public final class DriftReportAction extends ReportAction {
    private final DriftSummary summary;

    DriftReportAction(int slot, DriftSummary summary) {
        super(slot);
        this.summary = summary;
    }

    @Override
    public String getIconFileName() {
        return "symbol-drift plugin-gitops";
    }

    @Override
    String page() {
        return "drift";
    }

    @Override
    String title() {
        return summary.getPurpose() == Purpose.check
                ? Messages.DriftReportAction_DisplayName()
                : Messages.DriftReportAction_BeforeSync();
    }

    @Override
    public String getApplication() {
        return summary.getApplication();
    }

    @Exported
    public DriftSummary getSummary() {
        return summary;
    }

    /** What differs, object by object; null when the document is gone. */
    @CheckForNull
    public DriftPage getPage() throws IOException {
        ReportFolder folder = ReportFolder.of(getRun(), slot());
        Optional<DriftReport> report = folder.read(ReportFile.drift, DriftReport.class);
        return report.isEmpty()
                ? null
                : new DriftPage(
                        report.get(),
                        summary.getPurpose(),
                        folder.read(ReportFile.health, HealthReport.class),
                        Paging.parameter("from", 0),
                        Instant.now());
    }

    /** Objects that differ, or of which there is something to say. */
    @Exported(visibility = 1)
    public List<DriftObject> getObjects() throws IOException {
        DriftPage page = getPage();
        return page == null
                ? List.of()
                : page.getObjects().stream().filter(DriftObject::isWorthACard).toList();
    }

    public String getHeadline() {
        return Headline.of(summary, Instant.now());
    }

    public String getVerdictWords() {
        return Words.of(summary.getVerdict());
    }

    public String getColor() {
        return Words.color(summary.getVerdict());
    }

    /** The same document as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        return Document.of(getRun(), slot(), ReportFile.drift);
    }
}
