package io.jenkins.plugins.gitops.importing;

import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Image;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Patch;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.render.AutoSettings;
import io.jenkins.plugins.gitops.render.HelmFileParameter;
import io.jenkins.plugins.gitops.render.HelmParameter;
import io.jenkins.plugins.gitops.render.HelmSettings;
import io.jenkins.plugins.gitops.render.KustomizePatch;
import io.jenkins.plugins.gitops.render.KustomizeSettings;
import io.jenkins.plugins.gitops.render.PlainSettings;
import io.jenkins.plugins.gitops.render.RendererSettings;

/** A source's renderer and its options, as the form of an item holds them. */
final class RendererMapping {
    private RendererMapping() {}

    static RendererSettings of(Source source) {
        RendererKind kind = source.isChart() ? RendererKind.helm : source.renderer();
        return switch (kind) {
            case helm -> helm(source.helm());
            case kustomize -> kustomize(source.kustomize());
            case plain -> new PlainSettings();
            case auto -> new AutoSettings();
        };
    }

    private static HelmSettings helm(HelmOptions options) {
        HelmSettings settings = new HelmSettings();
        settings.setReleaseName(options.releaseName());
        settings.setNamespace(options.namespace());
        settings.setValueFiles(SurvivingLines.of(options.valueFiles()));
        settings.setIgnoreMissingValueFiles(options.ignoreMissingValueFiles());
        settings.setValues(options.values());
        settings.setParameters(
                options.parameters().stream().map(RendererMapping::parameter).toList());
        settings.setFileParameters(options.fileParameters().stream()
                .map(parameter -> new HelmFileParameter(parameter.name(), parameter.path()))
                .toList());
        settings.setIncludeCRDs(options.includeCrds());
        settings.setSkipTests(options.skipTests());
        settings.setSkipSchemaValidation(options.skipSchemaValidation());
        settings.setKubeVersion(options.kubeVersion());
        settings.setApiVersions(SurvivingLines.of(options.apiVersions()));
        return settings;
    }

    private static HelmParameter parameter(HelmOptions.Parameter parameter) {
        HelmParameter held = new HelmParameter(parameter.name(), parameter.value());
        held.setForceString(parameter.forceString());
        return held;
    }

    private static KustomizeSettings kustomize(KustomizeOptions options) {
        KustomizeSettings settings = new KustomizeSettings();
        settings.setImages(SurvivingLines.of(
                options.images().stream().map(RendererMapping::image).toList()));
        settings.setNamePrefix(options.namePrefix());
        settings.setNameSuffix(options.nameSuffix());
        settings.setNamespace(options.namespace());
        settings.setCommonLabels(SurvivingLines.of(options.commonLabels()));
        settings.setForceCommonLabels(options.forceCommonLabels());
        settings.setLabelWithoutSelector(options.labelWithoutSelector());
        settings.setLabelIncludeTemplates(options.labelIncludeTemplates());
        settings.setCommonAnnotations(SurvivingLines.of(options.commonAnnotations()));
        settings.setForceCommonAnnotations(options.forceCommonAnnotations());
        settings.setPatches(
                options.patches().stream().map(RendererMapping::patch).toList());
        settings.setComponents(SurvivingLines.of(options.components()));
        settings.setIgnoreMissingComponents(options.ignoreMissingComponents());
        settings.setReplicas(options.replicas().stream()
                .map(replicas -> replicas.name() + "=" + replicas.count())
                .toList());
        settings.setAllowRemoteBases(options.allowRemoteBases());
        return settings;
    }

    /** What {@link Image#parse} reads. */
    private static String image(Image image) {
        String tag = image.newTag().isEmpty() ? "" : ":" + image.newTag();
        String digest = image.digest().isEmpty() ? "" : "@" + image.digest();
        return image.name() + (image.newName().isEmpty() ? "" : "=" + image.newName()) + tag + digest;
    }

    private static KustomizePatch patch(Patch patch) {
        KustomizePatch held = new KustomizePatch();
        held.setPath(patch.path());
        held.setPatch(patch.patch());
        held.setGroup(patch.target().get("group"));
        held.setVersion(patch.target().get("version"));
        held.setKind(patch.target().get("kind"));
        held.setName(patch.target().get("name"));
        held.setNamespace(patch.target().get("namespace"));
        held.setLabelSelector(patch.target().get("labelSelector"));
        held.setAnnotationSelector(patch.target().get("annotationSelector"));
        held.setAllowNameChange(patch.options().getOrDefault("allowNameChange", false));
        held.setAllowKindChange(patch.options().getOrDefault("allowKindChange", false));
        return held;
    }
}
