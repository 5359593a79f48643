package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.labels.LabelExpression;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.Clusters;
import io.jenkins.plugins.gitops.cluster.OwnHealthRules;
import io.jenkins.plugins.gitops.field.DnsLabel;
import java.util.List;
import jenkins.model.item_category.StandaloneProjectsCategory;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Offers the item under New Item, and what its form asks. */
@Extension
@Symbol("gitOpsApplication")
public final class GitOpsApplicationDescriptor extends TopLevelItemDescriptor {
    public GitOpsApplicationDescriptor() {
        super(GitOpsApplication.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.GitOpsApplication_DisplayName();
    }

    @NonNull
    @Override
    public String getDescription() {
        return Messages.GitOpsApplication_Description();
    }

    @NonNull
    @Override
    public String getCategoryId() {
        return StandaloneProjectsCategory.ID;
    }

    @Override
    public String getIconClassName() {
        return "symbol-gitops-application plugin-gitops";
    }

    @Override
    public TopLevelItem newInstance(ItemGroup parent, String name) {
        return new GitOpsApplication(parent, name);
    }

    /** The sources that the form offers. */
    public List<SCMDescriptor<?>> getScmDescriptors(GitOpsApplication application) {
        return SCM._for(application);
    }

    @POST
    public ListBoxModel doFillClusterNameItems(@AncestorInPath Item item, @QueryParameter String clusterName) {
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.GitOpsApplication_ChooseCluster(), "");
        if (item == null || !item.hasPermission(Item.EXTENDED_READ)) {
            return model;
        }
        List<String> usable =
                Clusters.usableBy(item).stream().map(ClusterDefinition::getName).toList();
        usable.forEach(model::add);
        if (clusterName != null && !clusterName.isEmpty() && !usable.contains(clusterName)) {
            // What is configured stays visible, and is not lost by saving the form; the check says what is wrong with
            // it.
            model.add(clusterName);
        }
        return model;
    }

    @POST
    public FormValidation doCheckClusterName(@AncestorInPath Item item, @QueryParameter String value) {
        if (!(item instanceof GitOpsApplication application) || !item.hasPermission(Item.EXTENDED_READ)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            return missing(application, Messages.Reconciliation_NoCluster());
        }
        try {
            Clusters.find(value, application);
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
        return moved(application, application.getClusterName(), value);
    }

    @POST
    public FormValidation doCheckNamespace(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String clusterName) {
        if (!(item instanceof GitOpsApplication application) || !item.hasPermission(Item.EXTENDED_READ)) {
            return FormValidation.ok();
        }
        if (value == null || value.isBlank()) {
            String fallback = fallback(item, clusterName);
            return fallback.isEmpty()
                    ? missing(application, Messages.Reconciliation_NoNamespace())
                    : FormValidation.ok(Messages.GitOpsApplication_DefaultNamespace(fallback));
        }
        if (!DnsLabel.is(value.strip())) {
            return FormValidation.error(Messages.GitOpsApplication_NamespaceForm());
        }
        return moved(application, application.effectiveNamespace(), value.strip());
    }

    /** The form of a new application is not wrong before somebody has filled it in. */
    private static FormValidation missing(GitOpsApplication application, String what) {
        return application.isUntouched() ? FormValidation.ok() : FormValidation.error(what);
    }

    private static String fallback(Item item, @CheckForNull String cluster) {
        return Clusters.usableBy(item).stream()
                .filter(definition -> definition.getName().equals(cluster))
                .map(ClusterDefinition::getDefaultNamespace)
                .findFirst()
                .orElse("");
    }

    /** What was synced to another place stays there. */
    private static FormValidation moved(GitOpsApplication application, String before, String now) {
        return application.getLastSyncedRevision() != null && !before.isEmpty() && !before.equals(now)
                ? FormValidation.warning(Messages.GitOpsApplication_DestinationChanged(before))
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckThrottleMinutes(@QueryParameter String value) {
        return value == null || value.isBlank()
                ? FormValidation.ok()
                : FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckHealthRules(@AncestorInPath Item item, @QueryParameter String value) {
        return item != null && item.hasPermission(Item.EXTENDED_READ)
                ? OwnHealthRules.check(value)
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckLabelExpression(@AncestorInPath Item item, @QueryParameter String value) {
        return item != null && item.hasPermission(Item.EXTENDED_READ)
                ? LabelExpression.validate(value, item)
                : FormValidation.ok();
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteLabelExpression(
            @AncestorInPath Item item, @QueryParameter String value) {
        return item != null && item.hasPermission(Item.CONFIGURE)
                ? LabelExpression.autoComplete(value)
                : new AutoCompletionCandidates();
    }
}
