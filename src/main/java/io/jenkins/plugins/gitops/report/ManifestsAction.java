package io.jenkins.plugins.gitops.report;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.verb.GET;

/** What Git meant when a build rendered it, with the data of Secrets masked. */
public final class ManifestsAction extends ReportAction {
    private final String application;
    private final int objects;

    ManifestsAction(int slot, String application, int objects) {
        super(slot);
        this.application = application;
        this.objects = objects;
    }

    @Override
    public String getIconFileName() {
        return "symbol-document-text";
    }

    @Override
    String page() {
        return "manifests";
    }

    @Override
    String title() {
        return Messages.ManifestsAction_DisplayName();
    }

    @Override
    public String getApplication() {
        return application;
    }

    @Exported
    public int getObjects() {
        return objects;
    }

    public Paging<ManifestDocument> getPage() throws IOException {
        String stream =
                ReportFolder.of(getRun(), slot()).read(ReportFile.manifests).orElse("");
        return new Paging<>(ManifestDocument.split(stream), Paging.parameter("from", 0));
    }

    /** The stream of documents. Secrets are masked: nobody can apply it by mistake. */
    @GET
    @WebMethod(name = "manifests.yaml")
    public HttpResponse doManifests() throws IOException {
        return Document.of(getRun(), slot(), ReportFile.manifests);
    }
}
