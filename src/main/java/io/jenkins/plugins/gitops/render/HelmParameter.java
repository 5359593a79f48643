package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.gitops.engine.model.HelmOptions.Parameter;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One value, as {@code helm --set} takes it. */
public final class HelmParameter extends AbstractDescribableImpl<HelmParameter> {
    private final String name;
    private final String value;
    private boolean forceString;

    @DataBoundConstructor
    public HelmParameter(String name, String value) {
        this.name = Util.fixNull(name).strip();
        this.value = Util.fixNull(value);
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    public boolean isForceString() {
        return forceString;
    }

    @DataBoundSetter
    public void setForceString(boolean forceString) {
        this.forceString = forceString;
    }

    Parameter toParameter() {
        return new Parameter(name, value, forceString);
    }

    /** Its place in the form. */
    @Extension
    @Symbol("helmParameter")
    public static final class DescriptorImpl extends Descriptor<HelmParameter> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HelmParameter_DisplayName();
        }
    }
}
