package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.gitops.engine.model.HelmOptions.FileParameter;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** One value that is the text of a file, as {@code helm --set-file} takes it. */
public final class HelmFileParameter extends AbstractDescribableImpl<HelmFileParameter> {
    private final String name;
    private final String path;

    @DataBoundConstructor
    public HelmFileParameter(String name, String path) {
        this.name = Util.fixNull(name).strip();
        this.path = Util.fixNull(path).strip();
    }

    public String getName() {
        return name;
    }

    public String getPath() {
        return path;
    }

    FileParameter toParameter() {
        return new FileParameter(name, path);
    }

    /** Its place in the form. */
    @Extension
    @Symbol("helmFileParameter")
    public static final class DescriptorImpl extends Descriptor<HelmFileParameter> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HelmFileParameter_DisplayName();
        }
    }
}
