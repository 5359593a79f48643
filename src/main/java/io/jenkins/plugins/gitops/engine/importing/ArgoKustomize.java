package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code source.kustomize} of Argo CD, whose names are ours. */
final class ArgoKustomize {
    private final Fields fields;
    private final BuildEnvironment environment;

    ArgoKustomize(Fields fields, BuildEnvironment environment) {
        this.fields = fields;
        this.environment = environment;
    }

    Form map() {
        Form form = new Form()
                .texts("images", images())
                .text("namePrefix", fields.text("namePrefix"))
                .text("nameSuffix", fields.text("nameSuffix"))
                .text("namespace", fields.text("namespace"))
                .textsByName("commonLabels", labels())
                .flag("forceCommonLabels", fields.flag("forceCommonLabels"))
                .flag("labelWithoutSelector", fields.flag("labelWithoutSelector"))
                .textsByName("commonAnnotations", fields.textsByName("commonAnnotations"))
                .flag("forceCommonAnnotations", fields.flag("forceCommonAnnotations"))
                .blocks("patches", KustomizePatches.read(fields.blocks("patches")))
                .texts("components", fields.texts("components"))
                .flag("ignoreMissingComponents", fields.flag("ignoreMissingComponents"))
                .blocks("replicas", replicas());
        if (fields.flag("labelIncludeTemplates") && form.has("labelWithoutSelector")) {
            form.flag("labelIncludeTemplates", true);
        } else {
            fields.note("labelIncludeTemplates", "with selectors, templates are labelled anyway", "");
        }
        fields.note("version", "the installed kustomize builds", "choose another with --kustomize, or in Jenkins");
        fields.unmapped(
                "kubeVersion",
                "matters only to helmCharts of a kustomization, which are not inflated",
                "make the chart a source of its own, and say it there");
        fields.unmapped(
                "apiVersions",
                "matter only to helmCharts of a kustomization, which are not inflated",
                "make the chart a source of its own, and say them there");
        fields.unmapped(
                "commonAnnotationsEnvsubst",
                "variables are not put into annotations",
                "write the values; the revision of a sync is in its report");
        fields.finish();
        return form;
    }

    private List<String> images() {
        return fields.texts("images").stream()
                .map(image -> environment.resolve(fields, "images", image))
                .toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        fields.textsByName("commonLabels")
                .forEach((name, value) -> labels.put(name, environment.resolve(fields, "commonLabels", value)));
        return labels;
    }

    private List<Form> replicas() {
        List<Form> replicas = new ArrayList<>();
        for (Fields item : fields.blocks("replicas")) {
            Form form = new Form().text("name", item.text("name"));
            item.integer("count").ifPresent(count -> form.set("count", IntNode.valueOf(count)));
            replicas.add(form);
            item.finish();
        }
        return replicas;
    }
}
