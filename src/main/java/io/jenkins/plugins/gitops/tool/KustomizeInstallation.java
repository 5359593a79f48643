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

/** One {@code kustomize} that nodes have, or that Jenkins installs on them. */
public final class KustomizeInstallation extends ToolInstallation
        implements NodeSpecific<KustomizeInstallation>, EnvironmentSpecific<KustomizeInstallation> {
    private static final long serialVersionUID = 1L;

    /** @param home the folder with the program, or the program itself; empty when an installer makes it */
    @DataBoundConstructor
    public KustomizeInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    @Override
    public KustomizeInstallation forEnvironment(EnvVars environment) {
        return new KustomizeInstallation(
                getName(), environment.expand(getHome()), getProperties().toList());
    }

    @Override
    public KustomizeInstallation forNode(@NonNull Node node, TaskListener log)
            throws IOException, InterruptedException {
        return new KustomizeInstallation(
                getName(), translateFor(node, log), getProperties().toList());
    }

    /** Its list on the page Tools. */
    @Extension
    @Symbol("kustomize")
    public static final class DescriptorImpl extends ToolDescriptor<KustomizeInstallation> {
        public DescriptorImpl() {
            load();
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.KustomizeInstallation_DisplayName();
        }

        @Override
        public void setInstallations(KustomizeInstallation... installations) {
            super.setInstallations(installations);
            save();
        }

        @Override
        protected FormValidation checkHomeDirectory(File home) {
            return ToolProgram.of("kustomize", home.toPath()).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ToolProgram_None("kustomize", home));
        }
    }
}
