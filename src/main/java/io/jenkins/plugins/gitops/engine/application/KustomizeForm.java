package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.KustomizeOptions;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Image;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Patch;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code source.kustomize}: the fields of Argo CD, and images also as Flux and Kustomize write them. */
final class KustomizeForm {
    private static final List<String> TARGET =
            List.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    private static final List<String> PATCH_OPTIONS = List.of("allowNameChange", "allowKindChange");

    private KustomizeForm() {}

    static KustomizeOptions read(Block block) {
        KustomizeOptions options = new KustomizeOptions(
                images(block),
                block.text("namePrefix").orElse(""),
                block.text("nameSuffix").orElse(""),
                block.text("namespace").orElse(""),
                block.textsByName("commonLabels"),
                block.flag("forceCommonLabels", false),
                block.flag("labelWithoutSelector", false),
                block.flag("labelIncludeTemplates", false),
                block.textsByName("commonAnnotations"),
                block.flag("forceCommonAnnotations", false),
                patches(block),
                block.texts("components"),
                block.flag("ignoreMissingComponents", false),
                replicas(block),
                block.flag("allowRemoteBases", false));
        if (options.labelIncludeTemplates() && !options.labelWithoutSelector()) {
            block.report(
                    "labelIncludeTemplates",
                    block.path("labelIncludeTemplates")
                            + " needs labelWithoutSelector: with selectors templates are labelled anyway");
        }
        block.notYet("version", "commonAnnotationsEnvsubst", "apiVersions", "kubeVersion");
        block.finish();
        return options;
    }

    private static List<Image> images(Block block) {
        List<Image> images = new ArrayList<>();
        block.items(
                "images",
                "a text such as \"nginx=registry.example.com/nginx:1.27\", or a mapping with name",
                text -> images.add(Image.parse(text)),
                item -> {
                    images.add(new Image(
                            item.required("name", "the image's name as containers have it"),
                            item.text("newName").orElse(""),
                            item.text("newTag").orElse(""),
                            item.text("digest").orElse("")));
                    item.finish();
                });
        return images;
    }

    private static List<Patch> patches(Block block) {
        List<Patch> patches = new ArrayList<>();
        for (Block item : block.blocks("patches")) {
            String path = item.text("path").orElse("");
            String patch = item.text("patch").orElse("");
            if (path.isEmpty() == patch.isEmpty()) {
                item.report(path.isEmpty() ? "patch" : "path", "a patch has a path or a patch, one of them");
            }
            Map<String, String> target = new TreeMap<>();
            Block selector = item.block("target");
            TARGET.forEach(field -> selector.text(field).ifPresent(text -> target.put(field, text)));
            selector.finish();
            Map<String, Boolean> flags = new TreeMap<>();
            Block options = item.block("options");
            PATCH_OPTIONS.stream().filter(field -> options.flag(field, false)).forEach(field -> flags.put(field, true));
            options.finish();
            item.finish();
            patches.add(new Patch(path, patch, target, flags));
        }
        return patches;
    }

    private static List<Replicas> replicas(Block block) {
        List<Replicas> replicas = new ArrayList<>();
        for (Block item : block.blocks("replicas")) {
            replicas.add(new Replicas(
                    item.required("name", "the name of a workload"),
                    item.count("count", "how many replicas it shall have")));
            item.finish();
        }
        return replicas;
    }
}
