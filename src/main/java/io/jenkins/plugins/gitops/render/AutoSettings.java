package io.jenkins.plugins.gitops.render;

import hudson.Extension;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** As the files suggest. */
public final class AutoSettings extends RendererSettings {
    @DataBoundConstructor
    public AutoSettings() {
        // Nothing to say.
    }

    @Override
    public Source applyTo(Source source) {
        return source;
    }

    @Override
    public ToolChoice tools() {
        return ToolChoice.ANY;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    /** The first choice. */
    @Extension(ordinal = 40)
    @Symbol("auto")
    public static final class DescriptorImpl extends RendererDescriptor {
        public DescriptorImpl() {
            super(AutoSettings.class, Messages::AutoSettings_DisplayName);
        }
    }
}
