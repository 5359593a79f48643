package io.jenkins.plugins.gitops.render;

import hudson.Extension;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The files as they are, whatever they are called. */
public final class PlainSettings extends RendererSettings {
    @DataBoundConstructor
    public PlainSettings() {
        // Which files is for the source to say.
    }

    @Override
    public Source applyTo(Source source) {
        return source.withRenderer(RendererKind.plain);
    }

    @Override
    public ToolChoice tools() {
        return ToolChoice.ANY;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    /** The second choice. */
    @Extension(ordinal = 30)
    @Symbol("plain")
    public static final class DescriptorImpl extends RendererDescriptor {
        public DescriptorImpl() {
            super(PlainSettings.class, Messages::PlainSettings_DisplayName);
        }
    }
}
