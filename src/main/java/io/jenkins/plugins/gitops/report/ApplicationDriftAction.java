package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Api;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.engine.model.ApplicationVerdict;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import io.jenkins.plugins.gitops.engine.report.DriftReport;
import io.jenkins.plugins.gitops.engine.report.HealthReport;
import io.jenkins.plugins.gitops.field.ShortRevision;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * How an application stands: its state on the item's page, and the last drift report on a page of its own. It is the address
 * for links from elsewhere: it stays when builds are deleted or collapsed.
 */
@ExportedBean(defaultVisibility = 2)
public final class ApplicationDriftAction implements Action {
    private final GitOpsApplication application;
    /** Read when it is first asked for: Jenkins makes this action far more often than it shows it. */
    private LastReports last;

    private final Instant now;

    ApplicationDriftAction(GitOpsApplication application) {
        this.application = application;
        this.now = Instant.now();
    }

    private LastReports last() {
        if (last == null) {
            last = LastReports.load(application);
        }
        return last;
    }

    @Override
    public String getIconFileName() {
        return "symbol-drift plugin-gitops";
    }

    @Override
    public String getDisplayName() {
        return Messages.ApplicationDriftAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "drift";
    }

    public GitOpsApplication getApplication() {
        return application;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Whether nothing has ever been compared or synced, and nothing failed. */
    public boolean isEmpty() {
        return last().isEmpty();
    }

    // ---- the state

    @Exported
    public ApplicationVerdict getVerdict() {
        return last().getVerdict();
    }

    public String getVerdictWords() {
        return Words.of(last().getVerdict());
    }

    public String getVerdictColor() {
        return Words.color(last().getVerdict());
    }

    /** Null when no object has a health, or nobody looked. */
    @Exported
    public HealthStatus getHealth() {
        return last().health();
    }

    public String getHealthWords() {
        return last().health() == null ? "" : Words.of(last().health());
    }

    public String getHealthColor() {
        return last().health() == null ? "" : Words.color(last().health());
    }

    /** In milliseconds since 1970; 0 while it is not out of sync. */
    @Exported
    public long getOutOfSyncSince() {
        return last().outOfSyncSince();
    }

    public Moment getSince() {
        return last().outOfSyncSince() == 0 ? null : Moment.of(last().outOfSyncSince(), now);
    }

    /** The last comparison; null before the first. */
    @Exported
    public DriftSummary getDrift() {
        return last().drift();
    }

    @Exported
    public int getDriftBuild() {
        return last().driftBuild();
    }

    /** The last sync that was tried, no dry run; null before the first. */
    @Exported
    public SyncSummary getSync() {
        return last().sync();
    }

    @Exported
    public int getSyncBuild() {
        return last().syncBuild();
    }

    /** Why the last build ended without a report; null when it had one. */
    @Exported
    public String getProblem() {
        return last().problem();
    }

    @Exported
    public int getProblemBuild() {
        return last().problemBuild();
    }

    /** How much it needs somebody, for sorting: what failed first, then drift, then what is unwell. */
    public int getConcern() {
        int verdict =
                switch (getVerdict()) {
                    case InSync -> 0;
                    case Unknown -> 10;
                    case OutOfSync -> 20;
                };
        return (getProblem() == null ? 0 : 100)
                + verdict
                + (getHealth() == null ? 0 : getHealth().ordinal());
    }

    /** One sentence for the item's page: how a sync ended that came after the last comparison, else what that found. */
    public String getHeadline() {
        return last().isSyncNewest() ? getSyncHeadline() : getComparison();
    }

    /** What the last comparison found, in one sentence. */
    public String getComparison() {
        return last().drift() == null
                ? Messages.ApplicationDriftAction_NeverCompared()
                : Headline.of(last().drift(), now);
    }

    public Moment getCompared() {
        return last().drift() == null ? null : Moment.of(last().drift().getTime(), now);
    }

    public Moment getSynced() {
        return last().sync() == null ? null : Moment.of(last().sync().getEnd(), now);
    }

    public String getSyncHeadline() {
        return last().sync() == null ? "" : Headline.of(last().sync());
    }

    public String getShortRevision() {
        return last().sync() == null ? "" : ShortRevision.of(last().sync().getRevision());
    }

    /** Whether a sync came after the comparison that the page shows. */
    public boolean isRepaired() {
        return last().drift() != null && !last().drift().isInSync() && last().isRepaired();
    }

    /** Whether a sync came after the comparison that the page shows, and left something undone. */
    public boolean isUndone() {
        return last().isSyncNewest() && !last().isRepaired();
    }

    /** Whether that build still exists. */
    public boolean isKept(int build) {
        return application.getBuildByNumber(build) != null;
    }

    // ---- how it went

    /** At most {@value Trend#MOST} points, oldest first; while checks find the same, only the first and the last of them. */
    @Exported(visibility = 1)
    public List<TrendPoint> getTrend() {
        return Trend.load(application).points();
    }

    public TrendChart getTrendChart() {
        return new TrendChart(getTrend(), application.getLazyBuildMixIn().getRunMap()::runExists, now);
    }

    // ---- the last report

    /** Null before the first comparison. */
    @CheckForNull
    public DriftPage getPage() throws IOException {
        ReportFolder folder = ReportFolder.of(application);
        Optional<DriftReport> report = folder.read(ReportFile.drift, DriftReport.class);
        return report.isEmpty()
                ? null
                : new DriftPage(
                        report.get(),
                        last().drift() == null ? Purpose.check : last().drift().getPurpose(),
                        folder.read(ReportFile.health, HealthReport.class),
                        Paging.parameter("from", 0),
                        now);
    }

    /** Objects that differ, or of which there is something to say. */
    @Exported(visibility = 1)
    public List<DriftObject> getObjects() throws IOException {
        DriftPage page = getPage();
        return page == null
                ? List.of()
                : page.getObjects().stream().filter(DriftObject::isWorthACard).toList();
    }

    /** The last report as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        return Document.of(application, ReportFile.drift);
    }
}
