package io.jenkins.plugins.gitops.importing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.RootAction;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** The way to the page from the top. */
@Extension
public final class ImportLink implements RootAction, StaplerProxy {
    @CheckForNull
    @Override
    public String getIconFileName() {
        return getTarget().getIconFileName();
    }

    @Override
    public String getDisplayName() {
        return Messages.ImportPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return ImportPage.URL;
    }

    @Override
    public ImportPage getTarget() {
        return new ImportPage(Jenkins.get());
    }
}
