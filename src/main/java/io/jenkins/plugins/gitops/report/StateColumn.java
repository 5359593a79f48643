package io.jenkins.plugins.gitops.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** How an application stands, as a column of a list view: in sync or not, how healthy, at which revision, since which sync. */
public final class StateColumn extends ListViewColumn {
    @DataBoundConstructor
    public StateColumn() {
        // There is nothing to configure.
    }

    /** Null for an item of another kind. */
    @CheckForNull
    public ApplicationDriftAction of(Item item) {
        return item instanceof GitOpsApplication application ? new ApplicationDriftAction(application) : null;
    }

    /** Views that name no columns have those that Jenkins had always; whoever has applications adds this one. */
    @Extension
    @Symbol("gitOpsState")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.StateColumn_DisplayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
