package io.jenkins.plugins.gitops.importing;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.NewApplications;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Where items are made: applications of Argo CD and Flux become items. Each submission holds all of the input, so that nothing
 * is kept between the preview and the making, and what is made is what was shown unless something else changed meanwhile.
 */
public final class ImportPage implements Action {
    static final String URL = "gitops-import";

    private final ModifiableTopLevelItemGroup folder;

    ImportPage(ModifiableTopLevelItemGroup folder) {
        this.folder = folder;
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return getTarget().hasPermission(getPermission()) ? "symbol-gitops-application plugin-gitops" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ImportPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** What it takes. */
    public Permission getPermission() {
        return Item.CREATE;
    }

    /** On what it takes it. */
    public AccessControlled getTarget() {
        return (AccessControlled) folder;
    }

    public ModifiableTopLevelItemGroup getFolder() {
        return folder;
    }

    /** Clusters that applications of this folder may use. Parts of pages have addresses too: this asks by itself. */
    public List<String> getClusters() {
        if (!getTarget().hasPermission(getPermission())) {
            return List.of();
        }
        return Clusters.usableIn(folder, "").stream()
                .map(ClusterDefinition::getName)
                .toList();
    }

    /** For repositories of Git. Whoever may not configure the folder learns of no credentials. */
    public ListBoxModel getCredentials() {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        if (folder instanceof Item item && item.hasPermission(Item.CONFIGURE)) {
            model.includeMatchingAs(
                    ACL.SYSTEM2, item, StandardUsernameCredentials.class, List.of(), CredentialsMatchers.always());
        } else if (folder instanceof Jenkins jenkins && jenkins.hasPermission(Jenkins.ADMINISTER)) {
            model.includeMatchingAs(
                    ACL.SYSTEM2,
                    (ItemGroup<?>) jenkins,
                    StandardUsernameCredentials.class,
                    List.of(),
                    CredentialsMatchers.always());
        }
        return model;
    }

    /** Shows what would be made. Writes nothing. */
    @RequirePOST
    public void doPreview(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        getTarget().checkPermission(getPermission());
        ImportRequest input = ImportRequest.of(request);
        show(request, response, input, ImportPreview.of(input, folder));
    }

    /** Makes all of it, or shows why nothing of it can be made. */
    @RequirePOST
    public void doCreate(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        getTarget().checkPermission(getPermission());
        ImportRequest input = ImportRequest.of(request);
        ImportPreview preview = ImportPreview.of(input, folder);
        if (!preview.isPossible()) {
            response.setStatus(StaplerResponse2.SC_BAD_REQUEST);
            show(request, response, input, preview);
            return;
        }
        List<GitOpsApplication> made = new NewApplications(folder, preview.definitions()).create();
        String place = made.size() == 1 ? made.get(0).getUrl() : folder.getUrl();
        response.sendRedirect2(request.getContextPath() + "/" + place);
    }

    /** Application files of the same, for the command line and for Git. */
    @RequirePOST
    public void doDownload(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        getTarget().checkPermission(getPermission());
        ImportRequest input = ImportRequest.of(request);
        ImportPreview preview = ImportPreview.of(input, folder);
        if (!preview.isFilled()) {
            response.setStatus(StaplerResponse2.SC_BAD_REQUEST);
            show(request, response, input, preview);
            return;
        }
        response.setContentType("application/yaml");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Content-Disposition", "attachment; filename=\"gitops.yaml\"");
        response.getWriter().print(preview.yaml());
    }

    private void show(StaplerRequest2 request, StaplerResponse2 response, ImportRequest input, ImportPreview preview)
            throws IOException, ServletException {
        request.setAttribute("input", input);
        request.setAttribute("preview", preview);
        request.getView(this, "index.jelly").forward(request, response);
    }

    /** Of an ordinary folder: those that compute their items take no items by hand. */
    @Extension
    public static final class Factory extends TransientActionFactory<Folder> {
        @Override
        public Class<Folder> type() {
            return Folder.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Folder folder) {
            return List.of(new ImportPage(folder));
        }
    }
}
