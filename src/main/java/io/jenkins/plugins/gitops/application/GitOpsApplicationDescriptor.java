package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import jenkins.model.item_category.StandaloneProjectsCategory;
import org.jenkinsci.Symbol;

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
        return "symbol-git-compare-outline plugin-ionicons-api";
    }

    @Override
    public TopLevelItem newInstance(ItemGroup parent, String name) {
        return new GitOpsApplication(parent, name);
    }
}
