package io.jenkins.plugins.gitops.cluster;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.field.Words;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Which clusters a folder, and all below it, may use. Without it a folder is limited by the clusters alone. */
public class ClusterFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private final String clusters;

    /** @param clusters names, separated by commas, blanks or line breaks; empty means none */
    @DataBoundConstructor
    public ClusterFolderProperty(String clusters) {
        this.clusters = Util.fixNull(clusters).strip();
    }

    public String getClusters() {
        return clusters;
    }

    boolean allows(String cluster) {
        return new Words(clusters).list().contains(cluster);
    }

    @Extension
    @Symbol("gitOpsClusters")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ClusterFolderProperty_displayName();
        }

        /** The form always holds this property; only its check box says whether the folder has it. */
        @Override
        public AbstractFolderProperty<?> newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            JSONObject limit = form.optJSONObject("limit");
            return limit == null ? null : super.newInstance(request, limit);
        }

        @POST
        public FormValidation doCheckClusters(@AncestorInPath Item folder, @QueryParameter String value) {
            if (folder == null || !folder.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            List<String> unknown = new Words(value)
                    .list().stream()
                            .filter(name ->
                                    GitOpsConfiguration.get().named(name).isEmpty())
                            .toList();
            return unknown.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ClusterFolderProperty_unknown(String.join(", ", unknown)));
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteClusters(
                @AncestorInPath Item folder, @QueryParameter String value) {
            AutoCompletionCandidates candidates = new AutoCompletionCandidates();
            if (folder != null && folder.hasPermission(Item.CONFIGURE)) {
                Clusters.usableBy(folder).stream()
                        .map(ClusterDefinition::getName)
                        .filter(name -> name.startsWith(Util.fixNull(value)))
                        .forEach(candidates::add);
            }
            return candidates;
        }
    }
}
