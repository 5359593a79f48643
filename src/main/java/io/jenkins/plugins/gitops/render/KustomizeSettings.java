package io.jenkins.plugins.gitops.render;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Image;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Replicas;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.field.Assignments;
import io.jenkins.plugins.gitops.field.LineList;
import io.jenkins.plugins.gitops.tool.KustomizeInstallation;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A kustomization, with all that {@link KustomizeOptions} says. */
public final class KustomizeSettings extends RendererSettings {
    private String tool;
    private List<String> images;
    private String namePrefix;
    private String nameSuffix;
    private String namespace;
    private List<String> commonLabels;
    private boolean forceCommonLabels;
    private boolean labelWithoutSelector;
    private boolean labelIncludeTemplates;
    private List<String> commonAnnotations;
    private boolean forceCommonAnnotations;
    private List<KustomizePatch> patches;
    private List<String> components;
    private boolean ignoreMissingComponents;
    private List<String> replicas;
    private boolean allowRemoteBases;

    @DataBoundConstructor
    public KustomizeSettings() {
        // Every option has a default.
    }

    @Override
    public Source applyTo(Source source) {
        return source.withRenderer(RendererKind.kustomize).withKustomize(options());
    }

    private KustomizeOptions options() {
        return new KustomizeOptions(
                getImages().stream().map(Image::parse).toList(),
                getNamePrefix(),
                getNameSuffix(),
                getNamespace(),
                Assignments.map(getCommonLabels()),
                forceCommonLabels,
                labelWithoutSelector,
                labelIncludeTemplates,
                Assignments.map(getCommonAnnotations()),
                forceCommonAnnotations,
                getPatches().stream().map(KustomizePatch::toPatch).toList(),
                getComponents(),
                ignoreMissingComponents,
                Assignments.map(getReplicas()).entrySet().stream()
                        .map(entry -> new Replicas(entry.getKey(), Long.parseLong(entry.getValue())))
                        .toList(),
                allowRemoteBases);
    }

    @Override
    public ToolChoice tools() {
        return new ToolChoice("", getTool());
    }

    @Override
    public Optional<String> problem() {
        return KustomizeChecks.images(getImages())
                .or(() -> HelmChecks.namespace(getNamespace()))
                .or(() -> KustomizeChecks.assignments(getCommonLabels()))
                .or(() -> KustomizeChecks.assignments(getCommonAnnotations()))
                .or(() -> KustomizeChecks.replicas(getReplicas()))
                .or(() -> labelIncludeTemplates && !labelWithoutSelector
                        ? Optional.of(Messages.KustomizeSettings_Templates())
                        : Optional.empty())
                .or(() -> getPatches().stream()
                        .flatMap(patch -> patch.problem().stream())
                        .findFirst());
    }

    @NonNull
    public String getTool() {
        return Util.fixNull(tool);
    }

    /** @param tool name of an installation; empty for whichever there is */
    @DataBoundSetter
    public void setTool(String tool) {
        this.tool = Util.fixEmptyAndTrim(tool);
    }

    /** Such as {@code nginx=registry.example.com/nginx:1.27}. */
    @NonNull
    public List<String> getImages() {
        return Util.fixNull(images);
    }

    @DataBoundSetter
    public void setImages(List<String> images) {
        this.images = LineList.read(images);
    }

    @NonNull
    public String getNamePrefix() {
        return Util.fixNull(namePrefix);
    }

    @DataBoundSetter
    public void setNamePrefix(String namePrefix) {
        this.namePrefix = Util.fixEmptyAndTrim(namePrefix);
    }

    @NonNull
    public String getNameSuffix() {
        return Util.fixNull(nameSuffix);
    }

    @DataBoundSetter
    public void setNameSuffix(String nameSuffix) {
        this.nameSuffix = Util.fixEmptyAndTrim(nameSuffix);
    }

    @NonNull
    public String getNamespace() {
        return Util.fixNull(namespace);
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Such as {@code team=shop}. */
    @NonNull
    public List<String> getCommonLabels() {
        return Util.fixNull(commonLabels);
    }

    @DataBoundSetter
    public void setCommonLabels(List<String> commonLabels) {
        this.commonLabels = LineList.read(commonLabels);
    }

    public boolean isForceCommonLabels() {
        return forceCommonLabels;
    }

    @DataBoundSetter
    public void setForceCommonLabels(boolean forceCommonLabels) {
        this.forceCommonLabels = forceCommonLabels;
    }

    public boolean isLabelWithoutSelector() {
        return labelWithoutSelector;
    }

    @DataBoundSetter
    public void setLabelWithoutSelector(boolean labelWithoutSelector) {
        this.labelWithoutSelector = labelWithoutSelector;
    }

    public boolean isLabelIncludeTemplates() {
        return labelIncludeTemplates;
    }

    @DataBoundSetter
    public void setLabelIncludeTemplates(boolean labelIncludeTemplates) {
        this.labelIncludeTemplates = labelIncludeTemplates;
    }

    /** Such as {@code example.com/owner=team shop}. */
    @NonNull
    public List<String> getCommonAnnotations() {
        return Util.fixNull(commonAnnotations);
    }

    @DataBoundSetter
    public void setCommonAnnotations(List<String> commonAnnotations) {
        this.commonAnnotations = LineList.read(commonAnnotations);
    }

    public boolean isForceCommonAnnotations() {
        return forceCommonAnnotations;
    }

    @DataBoundSetter
    public void setForceCommonAnnotations(boolean forceCommonAnnotations) {
        this.forceCommonAnnotations = forceCommonAnnotations;
    }

    @NonNull
    public List<KustomizePatch> getPatches() {
        return Util.fixNull(patches);
    }

    @DataBoundSetter
    public void setPatches(List<KustomizePatch> patches) {
        this.patches = Util.fixNull(patches).isEmpty() ? null : new ArrayList<>(patches);
    }

    /** Folders relative to the path. */
    @NonNull
    public List<String> getComponents() {
        return Util.fixNull(components);
    }

    @DataBoundSetter
    public void setComponents(List<String> components) {
        this.components = LineList.read(components);
    }

    public boolean isIgnoreMissingComponents() {
        return ignoreMissingComponents;
    }

    @DataBoundSetter
    public void setIgnoreMissingComponents(boolean ignoreMissingComponents) {
        this.ignoreMissingComponents = ignoreMissingComponents;
    }

    /** Such as {@code web=3}. */
    @NonNull
    public List<String> getReplicas() {
        return Util.fixNull(replicas);
    }

    @DataBoundSetter
    public void setReplicas(List<String> replicas) {
        this.replicas = LineList.read(replicas);
    }

    public boolean isAllowRemoteBases() {
        return allowRemoteBases;
    }

    @DataBoundSetter
    public void setAllowRemoteBases(boolean allowRemoteBases) {
        this.allowRemoteBases = allowRemoteBases;
    }

    /** What the form offers and says. */
    @Extension(ordinal = 10)
    @Symbol("kustomize")
    public static final class DescriptorImpl extends RendererDescriptor {
        public DescriptorImpl() {
            super(KustomizeSettings.class, Messages::KustomizeSettings_DisplayName);
        }

        @POST
        public ListBoxModel doFillToolItems(@AncestorInPath Item item, @QueryParameter String tool) {
            KustomizeInstallation.DescriptorImpl all =
                    Jenkins.get().getDescriptorByType(KustomizeInstallation.DescriptorImpl.class);
            return tools(item, all.getInstallations(), tool);
        }

        @POST
        public FormValidation doCheckImages(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> KustomizeChecks.images(KustomizeChecks.lines(value)));
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> HelmChecks.namespace(value));
        }

        @POST
        public FormValidation doCheckCommonLabels(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> KustomizeChecks.assignments(KustomizeChecks.lines(value)));
        }

        @POST
        public FormValidation doCheckCommonAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> KustomizeChecks.assignments(KustomizeChecks.lines(value)));
        }

        @POST
        public FormValidation doCheckReplicas(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, () -> KustomizeChecks.replicas(KustomizeChecks.lines(value)));
        }
    }
}
