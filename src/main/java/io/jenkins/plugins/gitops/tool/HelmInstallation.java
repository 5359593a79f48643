package io.jenkins.plugins.gitops.tool;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import hudson.util.FormValidation;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** One {@code helm} that nodes have, or that Jenkins installs on them. */
public final class HelmInstallation extends ToolInstallation
        implements NodeSpecific<HelmInstallation>, EnvironmentSpecific<HelmInstallation> {
    private static final long serialVersionUID = 1L;

    /** @param home the folder with the program, or the program itself; empty when an installer makes it */
    @DataBoundConstructor
    public HelmInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    @Override
    public HelmInstallation forEnvironment(EnvVars environment) {
        return new HelmInstallation(
                getName(), environment.expand(getHome()), getProperties().toList());
    }

    @Override
    public HelmInstallation forNode(@NonNull Node node, TaskListener log) throws IOException, InterruptedException {
        return new HelmInstallation(
                getName(), translateFor(node, log), getProperties().toList());
    }

    /** Its list on the page Tools. */
    @Extension
    @Symbol("helm")
    public static final class DescriptorImpl extends ToolDescriptor<HelmInstallation> {
        public DescriptorImpl() {
            load();
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HelmInstallation_DisplayName();
        }

        @Override
        public void setInstallations(HelmInstallation... installations) {
            super.setInstallations(installations);
            save();
        }

        @Override
        protected FormValidation checkHomeDirectory(File home) {
            return ToolProgram.of("helm", home.toPath()).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ToolProgram_None("helm", home));
        }
    }
}
