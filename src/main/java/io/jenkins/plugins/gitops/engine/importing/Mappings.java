package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each object to what knows its kind. */
final class Mappings {
    private final ForeignObjects objects;
    private final Findings findings;
    private final ArgoWindows windows;
    private final ArgoApplication argo;
    private final FluxKustomization kustomization;
    private final FluxHelmRelease helmRelease;

    Mappings(ImportOptions options, ForeignObjects objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
        this.windows = new ArgoWindows(objects, findings);
        this.argo = new ArgoApplication(options, windows, findings);
        FluxSources sources = new FluxSources(objects, findings);
        this.kustomization = new FluxKustomization(options, sources, findings);
        this.helmRelease = new FluxHelmRelease(options, objects, sources, findings);
    }

    /** In the order of the input. */
    List<Draft> drafts() {
        List<Draft> drafts = new ArrayList<>();
        Map<String, ForeignObject> seen = new HashMap<>();
        List<ForeignObject> first = new ArrayList<>();
        generate();
        for (ForeignObject object : objects.all()) {
            ForeignObject before =
                    object.name().isEmpty() ? null : seen.putIfAbsent(object.group() + " " + object, object);
            if (before == null) {
                draft(object).ifPresent(drafts::add);
                first.add(object);
            } else if (before.content().equals(object.content())) {
                findings.note(object, "", "is the same as at " + before.where("") + "; it is read once", "");
            } else {
                findings.unmapped(
                        object,
                        "",
                        "there is another one of this name at " + before.where("") + ", which is read; this one is not",
                        "give only one of them; of an overlay, what kustomize build prints");
            }
        }
        for (ForeignObject object : first) {
            if (object.is(ArgoApplication.GROUP, "AppProject")) {
                ArgoProject.tell(object, windows.isAsked(object), findings);
            } else if (!objects.isUsed(object)) {
                OtherKinds.tell(object, findings);
            }
        }
        return drafts;
    }

    private void generate() {
        ArgoApplicationSet sets = new ArgoApplicationSet(findings);
        for (ForeignObject object : List.copyOf(objects.all())) {
            if (object.is(ArgoApplication.GROUP, "ApplicationSet")) {
                objects.generated(object, sets.expand(object));
            }
        }
    }

    private Optional<Draft> draft(ForeignObject object) {
        if (object.is(ArgoApplication.GROUP, "Application")) {
            return argo.map(object);
        }
        if (object.is(FluxKustomization.GROUP, "Kustomization")) {
            return kustomization.map(object);
        }
        if (object.is(FluxHelmRelease.GROUP, "HelmRelease")) {
            return helmRelease.map(object);
        }
        return Optional.empty();
    }
}
