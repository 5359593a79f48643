package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.gitops.engine.report.PlanReport;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.verb.GET;

/** What a sync would do, or has set out to do. */
public final class PlanAction extends ReportAction {
    private final String application;
    private final int create;
    private final int configure;
    private final int prune;
    private final int delete;
    private final int replace;

    PlanAction(int slot, PlanReport report) {
        super(slot);
        application = report.application();
        create = count(report, PlanReport.Action.create);
        configure = count(report, PlanReport.Action.configure);
        prune = count(report, PlanReport.Action.prune);
        delete = count(report, PlanReport.Action.delete);
        replace = count(report, PlanReport.Action.replace);
    }

    @Override
    public String getIconFileName() {
        return "symbol-list";
    }

    @Override
    String page() {
        return "plan";
    }

    @Override
    String title() {
        return Messages.PlanAction_DisplayName();
    }

    private static int count(PlanReport report, PlanReport.Action action) {
        return (int)
                report.tasks().stream().filter(task -> task.action() == action).count();
    }

    @Override
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

    /** Of what an earlier run of a hook left. */
    @Exported
    public int getDelete() {
        return delete;
    }

    @Exported
    public int getReplace() {
        return replace;
    }

    /** Null when the document is gone. */
    @CheckForNull
    public PlanPage getPage() throws IOException {
        return ReportFolder.of(getRun(), slot())
                .read(ReportFile.plan, PlanReport.class)
                .map(PlanPage::new)
                .orElse(null);
    }

    /** The same document as the command line's {@code -o json}, byte for byte. */
    @GET
    @WebMethod(name = "report.json")
    public HttpResponse doReport() throws IOException {
        return Document.of(getRun(), slot(), ReportFile.plan);
    }
}
