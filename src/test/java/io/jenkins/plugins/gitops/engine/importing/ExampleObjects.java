package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.yaml.ManifestYaml;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a kind that can be imported, for one field to be put into it, and what it refers to or is referred to by.
 *
 * @param object of the kind
 * @param path where the field goes
 * @param others as YAML
 */
record ExampleObjects(ObjectNode object, String path, String others) {
    static final List<String> KINDS = List.of(
            "Application",
            "AppProject",
            "Kustomization",
            "HelmRelease",
            "GitRepository",
            "HelmRepository",
            "HelmChart",
            "OCIRepository");

    private static final String WINDOW =
            "{kind: deny, schedule: 0 8 * * *, duration: 9h, applications: [shop], namespaces: [other]}";

    /** What a field needs beside it to mean anything: by the end of its path, YAML of the mapping that it is in. */
    private static final Map<String, String> BESIDE = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("/parameters/*/value", "name: sample"),
            Map.entry("/parameters/*/forceString", "{name: sample, value: 'true'}"),
            Map.entry("/fileParameters/*/name", "path: sample"),
            Map.entry("/fileParameters/*/path", "name: sample"),
            Map.entry("/replicas/*/name", "count: 2"),
            Map.entry("/replicas/*/count", "name: sample"),
            Map.entry("/labelIncludeTemplates", "labelWithoutSelector: true"),
            Map.entry("/patches/*/options", "patch: sample"),
            Map.entry("/images/*/digest", "name: sample"),
            Map.entry("/images/*/newName", "name: sample"),
            Map.entry("/images/*/newTag", "name: sample"),
            Map.entry("/healthCheckExprs/*/apiVersion", "{kind: sample, current: sample}"),
            Map.entry("/healthCheckExprs/*/kind", "{apiVersion: sample, current: sample}"),
            Map.entry("/healthCheckExprs/*/current", "{apiVersion: sample, kind: sample}"),
            Map.entry("/healthCheckExprs/*/failed", "{apiVersion: sample, kind: sample, current: sample}"),
            Map.entry("/healthCheckExprs/*/inProgress", "{apiVersion: sample, kind: sample, current: sample}"),
            Map.entry("/substituteFrom/*/kind", "name: sample"),
            Map.entry("/substituteFrom/*/name", "kind: ConfigMap"),
            Map.entry("/substituteFrom/*/optional", "{kind: ConfigMap, name: sample}"),
            Map.entry("/syncWindows/*/kind", "{schedule: 0 8 * * *, duration: 9h, applications: [shop]}"),
            Map.entry("/syncWindows/*/schedule", "{kind: deny, duration: 9h, applications: [shop]}"),
            Map.entry("/syncWindows/*/duration", "{kind: deny, schedule: 0 8 * * *, applications: [shop]}"),
            Map.entry("/syncWindows/*/timeZone", WINDOW),
            Map.entry("/syncWindows/*/manualSync", WINDOW),
            Map.entry("/syncWindows/*/syncOverrun", WINDOW),
            Map.entry("/syncWindows/*/description", WINDOW),
            Map.entry("/syncWindows/*/applications", "{kind: deny, schedule: 0 8 * * *, duration: 9h}"),
            Map.entry("/syncWindows/*/namespaces", "{kind: deny, schedule: 0 8 * * *, duration: 9h}"),
            Map.entry("/syncWindows/*/clusters", "{kind: deny, schedule: 0 8 * * *, duration: 9h}"),
            Map.entry("/syncWindows/*/andOperator", WINDOW),
            Map.entry("/dependsOn/*/namespace", "name: shop"),
            Map.entry("/dependsOn/*/readyExpr", "name: shop"),
            Map.entry("/valuesFrom/*/kind", "name: shop"),
            Map.entry("/valuesFrom/*/name", "kind: ConfigMap"),
            Map.entry("/valuesFrom/*/valuesKey", "{kind: ConfigMap, name: shop}"),
            Map.entry("/valuesFrom/*/targetPath", "{kind: ConfigMap, name: shop}"),
            Map.entry("/valuesFrom/*/literal", "{kind: ConfigMap, name: shop, targetPath: a}"),
            Map.entry("/valuesFrom/*/optional", "{kind: ConfigMap, name: absent}")));

    private static final Map<String, String> OBJECTS = Map.of(
            "Application", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Application
                    metadata: {name: shop, namespace: argocd}
                    spec:
                      SOURCES
                      destination: {namespace: shop, server: "https://kubernetes.default.svc"}
                    """,
            "AppProject", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: AppProject
                    metadata: {name: shop, namespace: argocd}
                    spec: {}
                    """,
            "Kustomization", """
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: {name: shop, namespace: flux-system}
                    spec:
                      sourceRef: {kind: GitRepository, name: shop}
                    """,
            "HelmRelease", """
                    apiVersion: helm.toolkit.fluxcd.io/v2
                    kind: HelmRelease
                    metadata: {name: shop, namespace: flux-system}
                    spec:
                      SOURCES
                    """,
            "GitRepository", """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: {name: shop, namespace: flux-system}
                    spec: {url: "https://example.com/shop.git"}
                    """,
            "HelmRepository", """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: HelmRepository
                    metadata: {name: shop, namespace: flux-system}
                    spec: {url: "https://charts.example.com"}
                    """,
            "HelmChart", """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: HelmChart
                    metadata: {name: shop, namespace: flux-system}
                    spec: {chart: shop, sourceRef: {kind: HelmRepository, name: shop}}
                    """,
            "OCIRepository", """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: OCIRepository
                    metadata: {name: shop, namespace: flux-system}
                    spec: {url: "oci://registry.example.com/charts/shop"}
                    """);

    /** Objects under a second name, in a second namespace, and what refers to each. */
    private static String others(String kind) {
        StringBuilder others = new StringBuilder();
        for (String source : List.of("GitRepository", "HelmRepository", "HelmChart", "OCIRepository")) {
            String text = OBJECTS.get(source);
            if (!source.equals(kind)) {
                others.append("---\n").append(text);
            }
            others.append("---\n")
                    .append(text.replace("name: shop, namespace", "name: sample, namespace")
                            .replace(".com", ".net"));
            others.append("---\n")
                    .append(text.replace("namespace: flux-system", "namespace: sample")
                            .replace(".com", ".org"));
        }
        String chart = "chart: {spec: {chart: shop, sourceRef: {kind: HelmRepository, name: shop}}}";
        Map<String, String> users = Map.of(
                "GitRepository", OBJECTS.get("Kustomization"),
                "HelmRepository", OBJECTS.get("HelmRelease").replace("SOURCES", chart),
                "HelmChart", OBJECTS.get("HelmRelease").replace("SOURCES", "chartRef: {kind: HelmChart, name: shop}"),
                "OCIRepository",
                        OBJECTS.get("HelmRelease").replace("SOURCES", "chartRef: {kind: OCIRepository, name: shop}"));
        others.append("---\n").append(users.getOrDefault(kind, ""));
        if (kind.equals("AppProject")) {
            others.append("---\n")
                    .append(OBJECTS.get("Application")
                            .replace("SOURCES", "source: {repoURL: a}")
                            .replace("spec:", "spec:\n  project: shop"));
        }
        others.append("""
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: shop, namespace: flux-system}
                data: {values.yaml: "a: b", sample: "c: d"}
                """);
        return others.toString();
    }

    /** Another application of Flux, for dependsOn. */
    private static String second(String kind, ObjectNode object) {
        return kind.equals("Kustomization") || kind.equals("HelmRelease")
                ? "---\n" + ManifestYaml.write(object).replaceFirst("name: shop", "name: sample") + "---\n"
                        + ManifestYaml.write(object).replaceFirst("namespace: flux-system", "namespace: sample")
                : "";
    }

    static ExampleObjects around(String kind, String path) {
        String sources = "source: {repoURL: 'https://example.com/a.git', path: a}";
        if (path.startsWith("/spec/sources/")) {
            sources = "sources: [{repoURL: 'https://example.com/a.git', path: a}]";
        } else if (path.startsWith("/spec/sourceHydrator/")) {
            sources = "sourceHydrator: {drySource: {repoURL: 'https://example.com/a.git', path: a}}";
        }
        if (kind.equals("HelmRelease")) {
            sources = path.startsWith("/spec/chartRef/")
                    ? "chartRef: {kind: OCIRepository, name: shop}"
                    : "chart: {spec: {chart: shop, sourceRef: {kind: HelmRepository, name: shop}}}";
        }
        ObjectNode object = yaml(OBJECTS.get(kind).replace("SOURCES", sources));
        String second = second(kind, object);
        BESIDE.forEach((end, beside) -> {
            if (isMapped(path) && path.endsWith(end)) {
                yaml(beside)
                        .properties()
                        .forEach(entry -> EveryFieldTest.put(
                                object, path.replaceFirst("[^/]*$", entry.getKey()), entry.getValue()));
            }
        });
        if (isMapped(path) && path.contains("/patches/*/target/")) {
            EveryFieldTest.put(
                    object,
                    path.replaceFirst("target/.*", "patch"),
                    yaml("v: text").get("v"));
        }
        String target = "/ignore/*/target/";
        if (path.contains(target)) {
            EveryFieldTest.put(
                    object,
                    path.replaceFirst("target/.*", "paths"),
                    yaml("v: [/spec/replicas]").get("v"));
        }
        return new ExampleObjects(object, path, others(kind) + second);
    }

    /** Not of a part that is told of as a whole. */
    private static boolean isMapped(String path) {
        return path.startsWith("/spec/") && !path.startsWith("/spec/postRenderers/");
    }

    /** Values for fields that do not take any text, by the end of kind and path. */
    static Map<String, String> samples() {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("/spec/destination/server", "https://10.0.0.1");
        samples.put("/automated/enabled", "true");
        samples.put("/replicas/*/count", "3");
        samples.put("/patches/*/options", "{allowNameChange: true}");
        samples.put("Application/spec/syncPolicy/syncOptions", "[PruneLast=true]");
        samples.put("/backoff/duration", "7");
        samples.put("/backoff/maxDuration", "7m");
        samples.put("/chart", "sample");
        samples.put("/spec/timeout", "7m");
        samples.put("/substitute", "{sample: text}");
        samples.put("/targetNamespace", "elsewhere");
        samples.put("HelmRelease/spec/install/serverSideApply", "false");
        samples.put("/upgrade/serverSideApply", "disabled");
        samples.put("/install/crds", "Skip");
        samples.put("/substituteStrategy", "Always");
        samples.put("/spec/deletionPolicy", "Orphan");
        samples.put("/spec/provider", "azure");
        samples.put("/verify/mode", "TagAndHEAD");
        samples.put("chart/spec/sourceRef/kind", "GitRepository");
        samples.put("HelmChart/spec/sourceRef/kind", "GitRepository");
        samples.put("/chartRef/kind", "HelmChart");
        samples.put("OCIRepository/spec/url", "oci://registry.example.com/other/chart");
        samples.put("/syncWindows/*/kind", "allow");
        samples.put("/syncWindows/*/schedule", "'@daily'");
        samples.put("/syncWindows/*/duration", "1h");
        samples.put("/syncWindows/*/timeZone", "Europe/Berlin");
        samples.put("/syncWindows/*/applications", "['sho*']");
        samples.put("/syncWindows/*/namespaces", "[shop]");
        samples.put("/syncWindows/*/clusters", "['https://*']");
        samples.put("/valuesFrom/*/kind", "ConfigMap");
        samples.put("/ignore/*/paths", "[/spec/replicas]");
        return samples;
    }

    Imported imported(Optional<JsonNode> value) {
        ObjectNode copy = object.deepCopy();
        value.ifPresent(sample -> EveryFieldTest.put(copy, path, sample));
        byte[] text = (ManifestYaml.write(copy) + "---\n" + others).getBytes(StandardCharsets.UTF_8);
        return new Importer(ImportOptions.DEFAULT).read(List.of(new ImportText("example.yaml", text)));
    }

    static ObjectNode yaml(String text) {
        return new YamlReader()
                .read("example", text.getBytes(StandardCharsets.UTF_8))
                .get(0)
                .content();
    }
}
