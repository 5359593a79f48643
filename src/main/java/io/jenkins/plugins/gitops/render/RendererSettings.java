package io.jenkins.plugins.gitops.render;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Items;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.util.Optional;

/** What turns the files of a source into manifests (SEMANTICS 2), with the options of that. */
public abstract class RendererSettings extends AbstractDescribableImpl<RendererSettings> {
    RendererSettings() {
        // The renderers are those of the engine.
    }

    /**
     * The source with the renderer and its options; with another source before it when the chart is of a chart repository.
     *
     * @param source the checkout's folder
     */
    public abstract Source applyTo(Source source);

    /** The installations that it names. */
    public abstract ToolChoice tools();

    /** Why these are no settings; empty when they are. */
    public abstract Optional<String> problem();

    /** The names in configuration files, which outlive those of classes. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void alias() {
        Items.XSTREAM2.alias("gitops-plain", PlainSettings.class);
        Items.XSTREAM2.alias("gitops-helm", HelmSettings.class);
        Items.XSTREAM2.alias("gitops-helm-parameter", HelmParameter.class);
        Items.XSTREAM2.alias("gitops-helm-file-parameter", HelmFileParameter.class);
        Items.XSTREAM2.alias("gitops-kustomize", KustomizeSettings.class);
        Items.XSTREAM2.alias("gitops-kustomize-patch", KustomizePatch.class);
        Items.XSTREAM2.alias("gitops-decryption-key", DecryptionKey.class);
        Items.XSTREAM2.alias("gitops-substitute-from", SubstituteObject.class);
        Items.XSTREAM2.alias("gitops-substitute-credential", SubstituteCredential.class);
    }
}
