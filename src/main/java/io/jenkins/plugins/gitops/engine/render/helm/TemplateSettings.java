package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.ClusterVersion;
import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.helm.HelmInputs.Input;
import io.jenkins.plugins.gitops.engine.render.sops.DecryptedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that {@code helm template} is told beside the chart.
 *
 * @param fileParameters the files of {@code options.fileParameters}, in the same order
 */
record TemplateSettings(
        String release,
        String namespace,
        List<Input> valueFiles,
        List<Input> fileParameters,
        HelmOptions options,
        ClusterVersion cluster) {
    /**
     * Helm's arguments. Files are given as copies, because helm takes a comma in a path for two paths.
     *
     * @param folder for the copies
     * @param decrypted plain texts of those files that are encrypted
     */
    List<String> arguments(Path chart, Path folder, DecryptedFiles decrypted) {
        List<String> arguments = new ArrayList<>(
                List.of("template", release, chart.toString(), "--namespace", namespace, "--include-crds"));
        if (!options.includeCrds()) {
            arguments.remove("--include-crds");
            arguments.add("--skip-crds");
        }
        flag(arguments, options.skipTests(), "--skip-tests");
        flag(arguments, options.skipSchemaValidation(), "--skip-schema-validation");
        if (!cluster.kubeVersion().isEmpty()) {
            arguments.addAll(List.of("--kube-version", cluster.kubeVersion()));
        }
        cluster.apiVersions().forEach(version -> arguments.addAll(List.of("--api-versions", version)));
        for (int i = 0; i < valueFiles.size(); i++) {
            arguments.addAll(List.of(
                    "--values",
                    copy(valueFiles.get(i), folder.resolve(valuesName(i)), decrypted)
                            .toString()));
        }
        if (!options.values().isEmpty()) {
            arguments.addAll(List.of(
                    "--values", write(options.values(), folder.resolve(INLINE)).toString()));
        }
        for (HelmOptions.Parameter parameter : options.parameters()) {
            arguments.add(parameter.forceString() ? "--set-string" : "--set");
            arguments.add(parameter.name() + "=" + escaped(parameter.value()));
        }
        for (int i = 0; i < fileParameters.size(); i++) {
            Path copy = copy(fileParameters.get(i), folder.resolve("parameter-" + i), decrypted);
            arguments.addAll(
                    List.of("--set-file", options.fileParameters().get(i).name() + "=" + copy));
        }
        return arguments;
    }

    private static final String INLINE = "inline-values.yaml";

    private static String valuesName(int index) {
        return "values-" + index + ".yaml";
    }

    /** A message of helm with the names of the files that were copied. */
    String withNames(String message, Path folder) {
        String named = message.replace(folder.resolve(INLINE).toString(), "source.helm.values");
        for (int i = 0; i < valueFiles.size(); i++) {
            named = named.replace(
                    folder.resolve(valuesName(i)).toString(), valueFiles.get(i).shown());
        }
        return named;
    }

    /** By name for people. */
    SortedMap<String, String> describe() {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("release name", release);
        all.put("namespace", namespace);
        all.put("source.helm", options.toString());
        all.put("Kubernetes version", cluster.kubeVersion());
        all.put("API versions of the cluster", String.join(" ", cluster.apiVersions()));
        return all;
    }

    private static void flag(List<String> arguments, boolean wanted, String flag) {
        if (wanted) {
            arguments.add(flag);
        }
    }

    /**
     * Helm reads a comma as the beginning of the next parameter; a list in braces keeps its own. Two braces are no list of helm's,
     * they begin a template that the chart will evaluate.
     */
    private static String escaped(String value) {
        if (value.startsWith("{{")) {
            return "\\" + value.replaceAll("(?<!\\\\),", "\\\\,");
        }
        return value.startsWith("{") && value.endsWith("}") ? value : value.replaceAll("(?<!\\\\),", "\\\\,");
    }

    private static Path copy(Input input, Path copy, DecryptedFiles decrypted) {
        try {
            decrypted.write(input.real(), copy);
            return copy;
        } catch (IOException e) {
            throw new InvalidInputException(input.shown(), "cannot be read: " + e.getMessage());
        }
    }

    private static Path write(String text, Path file) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new InvalidInputException("source.helm.values", "cannot be written: " + e.getMessage());
        }
    }
}
