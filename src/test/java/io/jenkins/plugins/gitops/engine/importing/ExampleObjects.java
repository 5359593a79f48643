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
    static final List<String> KINDS = List.of("Application", "AppProject");

    /** What a field needs beside it to mean anything: by the end of its path, YAML of the mapping that it is in. */
    private static final Map<String, String> BESIDE = new LinkedHashMap<>(Map.of(
            "/parameters/*/value", "name: sample",
            "/parameters/*/forceString", "{name: sample, value: 'true'}",
            "/fileParameters/*/name", "path: sample",
            "/fileParameters/*/path", "name: sample",
            "/replicas/*/name", "count: 2",
            "/replicas/*/count", "name: sample",
            "/labelIncludeTemplates", "labelWithoutSelector: true",
            "/patches/*/options", "patch: sample",
            "/patches/*/target/version", "kind: sample"));

    private static final Map<String, String> OBJECTS = Map.of(
            "Application", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Application
                    metadata: {name: shop, namespace: argocd}
                    spec:
                      SOURCES
                      destination: {namespace: shop}
                    """,
            "AppProject", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: AppProject
                    metadata: {name: shop, namespace: argocd}
                    spec: {}
                    """);

    static ExampleObjects around(String kind, String path) {
        String sources = "source: {repoURL: 'https://example.com/a.git', path: a}";
        if (path.startsWith("/spec/sources/")) {
            sources = "sources: [{repoURL: 'https://example.com/a.git', path: a}]";
        } else if (path.startsWith("/spec/sourceHydrator/")) {
            sources = "sourceHydrator: {drySource: {repoURL: 'https://example.com/a.git', path: a}}";
        }
        ObjectNode object = yaml(OBJECTS.get(kind).replace("SOURCES", sources));
        BESIDE.forEach((end, beside) -> {
            if (path.startsWith("/spec/") && path.endsWith(end)) {
                yaml(beside)
                        .properties()
                        .forEach(entry -> EveryFieldTest.put(
                                object, path.replaceFirst("[^/]*$", entry.getKey()), entry.getValue()));
            }
        });
        if (path.startsWith("/spec/") && path.contains("/patches/*/target/")) {
            EveryFieldTest.put(
                    object,
                    path.replaceFirst("target/.*", "patch"),
                    yaml("v: text").get("v"));
        }
        return new ExampleObjects(object, path, "");
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
