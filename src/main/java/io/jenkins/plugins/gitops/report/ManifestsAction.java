package io.jenkins.plugins.gitops.report;

import hudson.model.Api;
import hudson.model.Run;
import java.io.IOException;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** What Git meant when a build rendered it, with the data of Secrets masked. */
@ExportedBean(defaultVisibility = 2)
public final class ManifestsAction implements RunAction2 {
    private final int slot;
    private final String application;
    private final int objects;
    private transient Run<?, ?> run;

    ManifestsAction(int slot, String application, int objects) {
        this.slot = slot;
        this.application = application;
        this.objects = objects;
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
        return "symbol-document-text";
    }

    @Override
    public String getDisplayName() {
        return Slots.title(Messages.ManifestsAction_DisplayName(), slot, getApplication());
    }

    @Override
    public String getUrlName() {
        return Slots.url("manifests", slot);
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
        return application;
    }

    @Exported
    public int getObjects() {
        return objects;
    }

    public Paging<ManifestDocument> getPage() throws IOException {
        String stream = ReportFolder.of(run, slot).read(ReportFile.manifests).orElse("");
        return new Paging<>(ManifestDocument.split(stream), Paging.parameter("from", 0));
    }

    /** The stream of documents. Secrets are masked: nobody can apply it by mistake. */
    @GET
    @WebMethod(name = "manifests.yaml")
    public HttpResponse doManifests() throws IOException {
        return Document.of(run, slot, ReportFile.manifests);
    }
}
